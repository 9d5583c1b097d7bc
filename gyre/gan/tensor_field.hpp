#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "gyre/gan/tensor_game.hpp"
#include "gyre/gan/tensor_point.hpp"
#include "gyre/rules/field.hpp"

namespace gyre::gan {

/// When a new sample is drawn: once a step, so that all questions of a step are answered on the
/// same one, or for every question, unless the rule holds a sample itself. Published variants of
/// extragradient differ in this.
enum class Sampling { kEachStep, kEachLook };

/// How far linear systems are solved: by GMRES, on products alone.
struct SolveOptions {
  int iterations = 20;       ///< products, at most; all of a small system's unknowns
  double tolerance = 1e-10;  ///< of the residual, relative to the right side
};

struct FieldOptions {
  Sampling sampling = Sampling::kEachStep;
  /// Whether products are likely to be asked for where the field was looked at, on the same sample:
  /// keeps its graph.
  bool keeps_graph = false;
  bool autograd_only = false;  ///< even where the game has a faster way
  SolveOptions solves;
  std::uint64_t seed = 1;  ///< of the noise that rules add
};

/// A game on tensors as its players' field. Gradients are backward passes of autograd; products
/// with the Jacobian are backward passes through those. Counts what it is asked, so that costs are
/// measured and never claimed. The only domain of networks is a bound on their weights, and nobody
/// plays mixed strategies.
class TensorField final : public Field<TensorPoint> {
 public:
  TensorField(TensorGame& game, const BlockKind& kind, FieldOptions options = {});

  std::size_t players() const override { return buffers_.size(); }
  TensorPoint at(const TensorPoint& w, int player = kEverybody) override;
  TensorPoint jvp(const TensorPoint& w, const TensorPoint& u) override;
  TensorPoint vjp(const TensorPoint& w, const TensorPoint& u) override;
  TensorPoint jvp_between(const TensorPoint& w, const TensorPoint& u) override;
  TensorPoint vjp_between(const TensorPoint& w, const TensorPoint& u) override;
  TensorPoint loss_gradient(const TensorPoint& w, int player) override;
  /// The system is solved as far as SolveOptions say, on one sample.
  TensorPoint solve(const std::function<TensorPoint(const TensorPoint&)>& A,
                    const TensorPoint& b) override;
  TensorPoint project(const TensorPoint& w) const override;
  Sample draw() override;
  Sample companion(Sample sample) override;
  void hold(Sample sample) override { held_ = sample; }
  Sample held() const override { return held_; }
  TensorPoint normal(const TensorPoint& like, int channel) override;
  TensorPoint share(const TensorPoint& weights) const override;
  TensorPoint total(const TensorPoint& a) const override;
  TensorPoint corner(const TensorPoint& costs) const override;

  /// To be called before each step of a rule: draws a sample for it, or none (see Sampling).
  void begin_step();
  /// The players' tensors at `w`, for looking at networks; valid until the next call of anything.
  const Leaves& leaves(const TensorPoint& w);
  /// How many samples have been drawn; to go on where a run was left.
  std::uint64_t drawn() const { return drawn_; }
  void go_on_from(std::uint64_t drawn) { drawn_ = drawn; }
  /// Every player's loss when it was last looked at; nothing before.
  const std::vector<std::optional<double>>& losses() const { return losses_; }

  /// Whole-field calls so far: a player's gradient counts as its share of the players.
  double calls() const { return static_cast<double>(gradients_) / static_cast<double>(players()); }
  int products() const { return products_; }
  int solves() const { return solves_; }
  /// Products that solving took, which are not among products().
  int products_of_solves() const { return products_of_solves_; }
  int backward_passes() const { return backward_passes_; }
  void reset_counts() {
    gradients_ = 0, products_ = products_of_solves_ = solves_ = backward_passes_ = 0;
  }

 private:
  using Tensors = std::vector<at::Tensor>;

  void load(const TensorPoint& w);
  void look();
  /// By the game's own way, if it has one; else no blocks.
  std::vector<BlockPtr> own_slopes(const TensorPoint& w, int player);
  void note(const Tensors& losses);
  /// Everybody's gradient as functions of the leaves: `graph_`.
  void build_graph(const TensorPoint& w);
  void forget_graph();
  Tensors backward(const Tensors& of, const Tensors& by, const Tensors& weights, bool keeps,
                   bool differentiable);
  TensorPoint product(const TensorPoint& w, const TensorPoint& u, bool transposed, bool between);
  TensorPoint transposed_product(const TensorPoint& u, bool between);
  TensorPoint straight_product(const TensorPoint& u, bool between);
  TensorPoint mirrored(const TensorPoint& u) const;

  BlockPtr gathered(std::size_t player, const Tensors& pieces) const;
  Tensors pieces_of(std::size_t player, const BlockPtr& block) const;
  BlockPtr zeros(std::size_t player) const;

  TensorGame& game_;
  BlockKind kind_;
  FieldOptions options_;
  Tensors buffers_;               // a flat one a player
  Leaves leaves_;                 // views into them
  std::vector<BlockPtr> loaded_;  // what the buffers hold
  std::vector<std::optional<double>> losses_;
  std::vector<Tensors> graph_;  // the field's pieces, a list a player; empty where there is none
  Sample held_ = kOwnSample;
  std::optional<Sample> used_;  // what the game's losses are on
  std::uint64_t drawn_ = 0;
  std::size_t gradients_ = 0;
  int products_ = 0, products_of_solves_ = 0, solves_ = 0, backward_passes_ = 0;
};

}  // namespace gyre::gan
