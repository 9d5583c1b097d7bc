#include "gyre/gan/tensor_point.hpp"

#include <span>

#include "gyre/gan/block.hpp"

namespace gyre::gan {

namespace {

TensorPoint each(Block::Op op, const TensorPoint& a, const TensorPoint& b, double scalar = 0.0) {
  std::vector<BlockPtr> blocks;
  blocks.reserve(a.players());
  for (std::size_t p = 0; p < a.players(); ++p)
    blocks.push_back(Block::make(op, a.block(p), b.block(p), scalar));
  return TensorPoint(std::move(blocks));
}

}  // namespace

TensorPoint operator+(const TensorPoint& a, const TensorPoint& b) {
  return each(Block::Op::kAdd, a, b);
}
TensorPoint operator-(const TensorPoint& a, const TensorPoint& b) {
  return each(Block::Op::kSubtract, a, b);
}
TensorPoint operator*(double s, const TensorPoint& a) { return each(Block::Op::kScale, a, a, s); }
TensorPoint mul(const TensorPoint& a, const TensorPoint& b) {
  return each(Block::Op::kMultiply, a, b);
}
TensorPoint div(const TensorPoint& a, const TensorPoint& b) {
  return each(Block::Op::kDivide, a, b);
}
TensorPoint max(const TensorPoint& a, const TensorPoint& b) { return each(Block::Op::kMax, a, b); }
TensorPoint sqrt(const TensorPoint& a) { return each(Block::Op::kSqrt, a, a); }
TensorPoint exp(const TensorPoint& a) { return each(Block::Op::kExp, a, a); }
TensorPoint log(const TensorPoint& a) { return each(Block::Op::kLog, a, a); }

TensorPoint fill(const TensorPoint& like, double value) {
  std::vector<BlockPtr> blocks;
  blocks.reserve(like.players());
  for (const BlockPtr& b : like.blocks()) blocks.push_back(Block::constant(b->kind(), value));
  return TensorPoint(std::move(blocks));
}

TensorPoint on(std::size_t player, const TensorPoint& a, const TensorPoint& b) {
  std::vector<BlockPtr> blocks = b.blocks();
  blocks[player] = a.block(player);
  return TensorPoint(std::move(blocks));
}

double dot(const TensorPoint& a, const TensorPoint& b) {
  double sum = 0.0;
  for (std::size_t p = 0; p < a.players(); ++p) sum += dot(a.block(p), b.block(p));
  return sum;
}

double dim(const TensorPoint& a) {
  double size = 0.0;
  for (const BlockPtr& b : a.blocks()) size += static_cast<double>(b->kind().size);
  return size;
}

void settle(const std::vector<const TensorPoint*>& points) {
  std::vector<BlockPtr> roots;
  for (const TensorPoint* point : points)
    roots.insert(roots.end(), point->blocks().begin(), point->blocks().end());
  settle(std::span<const BlockPtr>(roots));
}

}  // namespace gyre::gan
