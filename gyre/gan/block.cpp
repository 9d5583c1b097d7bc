#include "gyre/gan/block.hpp"

#include <ATen/ops/full.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/core/scalar.hpp"

namespace gyre::gan {

namespace {

// Long stories are settled in between: they would be told, and forgotten, by recursion.
constexpr int kDeepest = 64;

double apply(Block::Op op, double a, double b, double scalar) {
  switch (op) {
    case Block::Op::kAdd:
      return a + b;
    case Block::Op::kSubtract:
      return a - b;
    case Block::Op::kScale:
      return scalar * a;
    case Block::Op::kMultiply:
      return a * b;
    case Block::Op::kDivide:
      return a / b;
    case Block::Op::kMax:
      return gyre::max(a, b);
    case Block::Op::kSqrt:
      return std::sqrt(a);
    case Block::Op::kExp:
      return std::exp(a);
    case Block::Op::kLog:
      return std::log(a);
    case Block::Op::kTensor:
    case Block::Op::kConstant:
      break;
  }
  GYRE_ASSERT(false);
  return 0.0;
}

bool is(const BlockPtr& block, double number) {
  return block->is_constant() && block->number() == number;
}

}  // namespace

BlockPtr Block::tensor(at::Tensor value) {
  GYRE_ASSERT(value.dim() == 1 && value.is_contiguous());
  GYRE_ASSERT(value.scalar_type() == at::kFloat || value.scalar_type() == at::kDouble);
  const BlockKind kind{value.numel(), value.scalar_type(), value.device()};
  std::shared_ptr<Block> block(new Block(Op::kTensor, kind, 0.0));
  block->value_ = std::move(value);
  return block;
}

BlockPtr Block::constant(const BlockKind& kind, double value) {
  return BlockPtr(new Block(Op::kConstant, kind, value));
}

BlockPtr Block::make(Op op, const BlockPtr& a, const BlockPtr& b, double scalar) {
  GYRE_ASSERT(a->kind() == b->kind());
  if (a->is_constant() && b->is_constant())
    return constant(a->kind(), apply(op, a->number(), b->number(), scalar));
  // A block of zeros is a player who rests; only adding to it is common enough to be worth a look.
  if (op == Op::kAdd && is(b, 0.0)) return a;
  if (op == Op::kAdd && is(a, 0.0)) return b;
  if (op == Op::kSubtract && is(b, 0.0)) return a;
  if (op == Op::kScale && scalar == 1.0) return a;
  if (op == Op::kDivide && b->is_constant() && std::isnormal(1.0 / b->number()))
    return make(Op::kScale, a, a, 1.0 / b->number());  // several times faster
  if (op == Op::kSubtract && a == b) return constant(a->kind(), 0.0);

  std::shared_ptr<Block> block(new Block(op, a->kind(), scalar));
  block->depth_ = 1 + std::max(a->is_settled() ? 0 : a->depth_, b->is_settled() ? 0 : b->depth_);
  if (block->depth_ > kDeepest) {
    const BlockPtr both[] = {a, b};
    settle(both);
    block->depth_ = 1;
  }
  block->a_ = a;
  if (b != a) block->b_ = b;
  return block;
}

namespace {

/// Eight sums side by side, so that the order is one that vectors can keep.
template <class T>
double sum_of_products(const T* a, const T* b, std::int64_t n) {
  constexpr std::int64_t kSums = 8;
  double sums[kSums] = {};
  std::int64_t i = 0;
  for (; i + kSums <= n; i += kSums)
    for (std::int64_t k = 0; k < kSums; ++k)
      sums[k] += static_cast<double>(a[i + k]) * static_cast<double>(b[i + k]);
  for (; i < n; ++i) sums[0] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  double sum = 0.0;
  for (const double s : sums) sum += s;
  return sum;
}

}  // namespace

double dot(const BlockPtr& a, const BlockPtr& b) {
  if (is(a, 0.0) || is(b, 0.0)) return 0.0;
  const BlockPtr both[] = {a, b};
  settle(both);
  const at::Tensor x = value(a), y = value(b);
  if (x.device() != at::kCPU)
    return x.to(at::kDouble).mul(y.to(at::kDouble)).sum().item().toDouble();
  return x.scalar_type() == at::kDouble
             ? sum_of_products(x.data_ptr<double>(), y.data_ptr<double>(), x.numel())
             : sum_of_products(x.data_ptr<float>(), y.data_ptr<float>(), x.numel());
}

at::Tensor value(const BlockPtr& block) {
  if (block->is_constant())
    return at::full({block->kind().size}, block->number(),
                    at::TensorOptions(block->kind().type).device(block->kind().device));
  if (!block->is_settled()) settle(std::span(&block, 1));
  return block->value_;
}

}  // namespace gyre::gan
