#pragma once

#include <array>
#include <map>
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

  Sample draw() override;
  Sample companion(Sample sample) override;
  void hold(Sample sample) override {
    if (lane_.graph()) held_ = sample;
  }
  Sample held() const override { return lane_.graph() ? held_ : kMeanSample; }
  SymbolicPoint normal(const SymbolicPoint& like, int channel) override;
  void batch(int size) override { batch_ = size; }
  int batch() const override { return batch_; }

  /// Lets chance in: all draws are functions of these three, which name a draw as Philox does.
  /// Before, the field is the mean of itself.
  void chance(Expr seed, Expr lane, Expr clock) { seed_ = seed, lane_ = lane, clock_ = clock; }

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
  double products() const { return products_; }
  int solves() const { return solves_; }
  void reset_counts() { gradients_ = products_ = 0.0, solves_ = 0; }

 private:
  /// Formulas of the field and its products, once asked for.
  struct Formulas {
    std::vector<Expr> field, jvp, vjp;
  };

  /// Whether questions are answered on few of the game's samples.
  bool few() const { return batch_ > 0 && held() != kMeanSample && game_.samples.size() > 0; }
  Formulas& asked() { return few() ? of_sample_ : of_mean_; }
  double share() const;
  std::vector<Expr> answered(std::span<const Expr> formulas, std::vector<Expr> from,
                             std::vector<Expr> to);
  std::vector<Expr> sample_values(int which);
  Expr counter(std::array<int, 3> what);
  SymbolicPoint of_others(const SymbolicPoint& u, auto product);
  bool is_singular_everywhere(const std::vector<Expr>& entries, std::size_t rows) const;

  const Game& game_;
  std::shared_ptr<const Blocks> blocks_;
  std::vector<Expr> symbols_, direction_, parameters_;
  Formulas of_mean_, of_sample_;
  std::vector<double> values_;
  mutable std::set<std::pair<std::size_t, NodeId>> inside_;  // coordinates projected already
  mutable std::set<std::vector<NodeId>> inside_regions_;     // first coordinate and formulas
  double gradients_ = 0.0, products_ = 0.0;
  int solves_ = 0;
  Expr seed_, lane_, clock_;  ///< numbers without a graph while there is no chance
  Sample held_ = kOwnSample, drawn_ = 0;
  std::map<Sample, Sample> companions_;
  std::map<std::array<int, 3>, std::size_t> counters_;
  int batch_ = 0;
};

}  // namespace gyre
