#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace gyre::gan {

class Block;
using BlockPtr = std::shared_ptr<const Block>;

/// All players' parameters as one point, a block a player. Blocks are values that nobody changes,
/// so copies share them; what is computed from them is computed when somebody looks, all of it in
/// one pass over memory (see Block). A rule that holds a block costs nothing for players who rest.
class TensorPoint {
 public:
  using Scalar = double;

  TensorPoint() = default;
  explicit TensorPoint(std::vector<BlockPtr> blocks) : blocks_(std::move(blocks)) {}

  std::size_t players() const { return blocks_.size(); }
  const BlockPtr& block(std::size_t player) const { return blocks_[player]; }
  const std::vector<BlockPtr>& blocks() const { return blocks_; }

  friend TensorPoint operator+(const TensorPoint& a, const TensorPoint& b);
  friend TensorPoint operator-(const TensorPoint& a, const TensorPoint& b);
  friend TensorPoint operator*(double s, const TensorPoint& a);
  friend TensorPoint mul(const TensorPoint& a, const TensorPoint& b);
  friend TensorPoint div(const TensorPoint& a, const TensorPoint& b);
  friend TensorPoint max(const TensorPoint& a, const TensorPoint& b);
  friend TensorPoint sqrt(const TensorPoint& a);
  friend TensorPoint exp(const TensorPoint& a);
  friend TensorPoint log(const TensorPoint& a);
  friend TensorPoint fill(const TensorPoint& like, double value);
  friend TensorPoint on(std::size_t player, const TensorPoint& a, const TensorPoint& b);
  /// In double and in one order, whatever the type of the numbers and however many threads.
  friend double dot(const TensorPoint& a, const TensorPoint& b);
  friend double dim(const TensorPoint& a);

 private:
  std::vector<BlockPtr> blocks_;
};

/// Computes what has not been looked at yet. To be called on a rule's point and memory after each
/// step, so that what a step leaves behind is numbers and not the story of how they came about.
void settle(const std::vector<const TensorPoint*>& points);

}  // namespace gyre::gan
