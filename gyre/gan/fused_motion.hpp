#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gyre/gan/fused_mlp.hpp"

/// Products with second derivatives of small networks, without autograd: how a pass forward and one
/// back move along a direction of the parameters and of the input (Pearlmutter, 1994, "Fast exact
/// multiplication by the Hessian"). For linear layers and relus, whose slopes do not move.
namespace gyre::gan {

/// Whether it has such layers alone.
bool is_piecewise_linear(const FusedMlp& network);
/// Whether it is such a network that ends with a linear layer of one number after another layer.
bool is_score(const FusedMlp& network);

/// The motion of a network's first layers.
class FusedMotion {
 public:
  FusedMotion(const FusedMlp& network, std::size_t layers) : mlp_(&network), count_(layers) {}

  /// Begins a product at these parameters, along a direction of theirs; null: they stay. Both must
  /// live while it is made, of batches of `batch` rows at most.
  void begin(const float* parameters, const float* along, std::int64_t batch);
  /// The motion of what the layers give, where `input` is that of what comes in; null: it stays.
  /// Both must live until backward(). `packed` are the parameters, by FusedMlp::pack().
  const float* forward(const FusedMlp::Packed& packed, const FusedMlp::Trace& trace,
                       const float* input);
  /// `slope` is a loss's by what the layers give, and `moved` its motion. Adds the motion of the
  /// loss's slopes by the parameters to `products`, unless that is null. If `to_input`, then
  /// `moved` is afterwards that of the slope by the input; and so is `slope`, if `slope_too`.
  void backward(FusedMlp::Trace& trace, Numbers& slope, Numbers& moved, float* products,
                bool to_input, bool slope_too);

 private:
  const FusedMlp* mlp_;
  std::size_t count_;
  const float *parameters_ = nullptr, *along_ = nullptr, *input_ = nullptr;
  FusedMlp::Packed packed_along_;
  std::vector<Numbers> outputs_;
  Numbers more_, zeros_, unused_, room_;
};

/// The last two layers of a score: v . relu(w x + b) + c. Their relu's slopes are signs, so rows of
/// a batch enter by sums over signs, and what belongs to parameters alone is done once a product.
class FusedScore {
 public:
  explicit FusedScore(const FusedMlp& network) : mlp_(&network) {}

  /// As for FusedMotion.
  void begin(const float* parameters, const float* along, std::int64_t batch);
  /// The score's slopes by x.
  void slopes(FusedMlp::Trace& trace, Numbers& slopes);
  /// Of the batch of which slopes() was asked, whose slopes these are: how the score moves, where
  /// the motion of x may be null.
  void motion(FusedMlp::Trace& trace, const Numbers& slopes, const float* x_moves, Numbers& to);
  /// Now that a loss's slope by each score is known, and how that moves: to `slope` and `moved`
  /// what they are by x, and takes the batch into account for the products if `counts`.
  void backward(FusedMlp::Trace& trace, const Numbers& slopes, const float* x_moves,
                const Numbers& loss_slope, const Numbers& loss_moved, bool counts, Numbers& slope,
                Numbers& moved);
  /// Adds what all batches were worth to the products.
  void end(float* products);

 private:
  std::size_t first() const { return mlp_->layers().size() - 2; }
  const float* x(const FusedMlp::Trace& trace) const;
  const float* y(const FusedMlp::Trace& trace) const { return trace.outputs[first()].data(); }

  const FusedMlp* mlp_;
  const float *parameters_ = nullptr, *along_ = nullptr;
  Numbers moving_, constants_;  // the motions of v w and v b, a row a number of the relu's
  Numbers turning_;             // of the last batch's slopes
  // Sums over rows and signs: of what moves, times x; of slopes, times x; of both alone.
  Numbers moved_x_, slope_x_, moved_, slope_;
  double moved_sum_ = 0.0;
  Numbers ones_, rows_;
};

}  // namespace gyre::gan
