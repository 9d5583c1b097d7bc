#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>

#include "gyre/gan/flat.hpp"
#include "gyre/gan/tensor_point.hpp"

namespace gyre::gan {

/// What a block is made of.
struct BlockKind {
  std::int64_t size = 0;
  at::ScalarType type = at::kFloat;
  at::Device device = at::kCPU;

  bool operator==(const BlockKind&) const = default;
};

/// One player's numbers: a flat tensor, one number everywhere, or an operation on other blocks that
/// is still to be done. settle() does all that are due in one pass over memory, a piece that fits
/// the nearest cache at a time.
class Block : public std::enable_shared_from_this<Block> {
 public:
  using Op = FlatOp;

  /// A flat, contiguous tensor of floats or doubles, which nobody may change any more.
  static BlockPtr tensor(at::Tensor value);
  static BlockPtr constant(const BlockKind& kind, double value);
  /// One operation, done at once where it is on constants or changes nothing.
  static BlockPtr make(Op op, const BlockPtr& a, const BlockPtr& b, double scalar = 0.0);

  const BlockKind& kind() const { return kind_; }
  bool is_constant() const { return op_ == Op::kConstant; }
  bool is_settled() const { return op_ == Op::kTensor || op_ == Op::kConstant; }
  /// Of a constant.
  double number() const { return scalar_; }

 private:
  friend class Settling;
  friend struct AdamStory;
  friend at::Tensor value(const BlockPtr& block);

  Block(Op op, BlockKind kind, double scalar) : op_(op), kind_(kind), scalar_(scalar) {}

  // A block that is looked at turns into its value, which is the same for everybody who holds it.
  mutable Op op_;
  BlockKind kind_;
  double scalar_;
  int depth_ = 0;  ///< operations above the last settled block
  mutable at::Tensor value_;
  mutable BlockPtr a_, b_;
};

/// The block's numbers as a flat tensor; of a constant, a fresh one.
at::Tensor value(const BlockPtr& block);

/// Computes `roots`, and what stands between them and settled blocks if others hold it, too.
void settle(std::span<const BlockPtr> roots);

/// The same by one library call an operation: for devices other than the CPU.
void settle_plainly(std::span<const BlockPtr> roots);

/// The sum of products, in double and in one order.
double dot(const BlockPtr& a, const BlockPtr& b);

}  // namespace gyre::gan
