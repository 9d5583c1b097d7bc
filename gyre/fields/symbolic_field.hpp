#pragma once

#include <set>
#include <utility>
#include <vector>

#include "gyre/core/point.hpp"
#include "gyre/games/game.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// A point whose coordinates are formulas.
using SymbolicPoint = Point<Expr>;

/// A game as the field its players see: F = (every player's gradient of its own loss), with
/// products with its Jacobian. Counts what it is asked, so that costs are measured and never
/// claimed.
class SymbolicField final : public Field<SymbolicPoint> {
 public:
  explicit SymbolicField(const Game& game);

  std::size_t players() const override { return game_.players.size(); }
  SymbolicPoint at(const SymbolicPoint& w, int player = kEverybody) override;
  SymbolicPoint jvp(const SymbolicPoint& w, const SymbolicPoint& u) override;
  SymbolicPoint vjp(const SymbolicPoint& w, const SymbolicPoint& u) override;
  SymbolicPoint jvp_between(const SymbolicPoint& w, const SymbolicPoint& u) override;
  SymbolicPoint vjp_between(const SymbolicPoint& w, const SymbolicPoint& u) override;
  SymbolicPoint loss_gradient(const SymbolicPoint& w, int player) override;
  /// Straight-line elimination on the matrix of A, whose products are not counted. Throws Error,
  /// too, where the matrix turns out singular wherever one looks.
  SymbolicPoint solve(const std::function<SymbolicPoint(const SymbolicPoint&)>& A,
                      const SymbolicPoint& b) override;
  SymbolicPoint project(const SymbolicPoint& w) const override;
  SymbolicPoint share(const SymbolicPoint& weights) const override;
  SymbolicPoint total(const SymbolicPoint& a) const override;
  SymbolicPoint corner(const SymbolicPoint& costs) const override;

  /// The game's own symbols as a point.
  SymbolicPoint here() const;
  /// A point of fresh symbols: NAME.x, NAME.y, ...
  SymbolicPoint fresh(const std::string& name) const;
  SymbolicPoint point(std::vector<Expr> at) const { return {std::move(at), blocks_}; }
  /// What parameters are while nobody varies them: solve() looks at systems with these values.
  void assume(std::vector<Expr> parameters, std::vector<double> values) {
    parameters_ = std::move(parameters), values_ = std::move(values);
  }
  /// What stands still at a solution: the field, or of what is confined w - project(w - F(w)).
  SymbolicPoint residual(const SymbolicPoint& w);

  /// Whole-field calls so far: a player's gradient counts as its share of the players.
  double calls() const;
  int products() const { return products_; }
  int solves() const { return solves_; }
  void reset_counts() { gradients_ = 0, products_ = solves_ = 0; }

 private:
  SymbolicPoint of_others(const SymbolicPoint& u, auto product);
  bool is_singular_everywhere(const std::vector<Expr>& entries, std::size_t rows) const;

  const Game& game_;
  std::shared_ptr<const Blocks> blocks_;
  std::vector<Expr> symbols_, field_, direction_, jvp_, vjp_, parameters_;
  std::vector<double> values_;
  mutable std::set<std::pair<std::size_t, NodeId>> inside_;  // coordinates projected already
  mutable std::set<std::vector<NodeId>> inside_regions_;     // first coordinate and formulas
  std::size_t gradients_ = 0;
  int products_ = 0, solves_ = 0;
};

}  // namespace gyre
