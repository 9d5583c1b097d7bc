#include "gyre/gan/adam_story.hpp"

namespace gyre::gan {

std::optional<AdamStory> AdamStory::of(const Block* root,
                                       const std::function<bool(const Block*)>& is_for_one,
                                       const std::function<bool(const Block*)>& is_held) {
  using Op = Block::Op;
  if (root->op_ != Op::kSubtract || !root->b_) return std::nullopt;
  AdamStory found{};
  std::size_t count = 0;
  auto is_step = [&](const Block* block, Op op) {
    return block != nullptr && block->op_ == op && is_for_one(block);
  };
  auto step = [&](const Block* block, Op op) {
    if (!is_step(block, op) || count == found.inside.size()) return false;
    found.inside[count++] = block;
    return true;
  };
  auto scaled = [&](const Block* block, double& by) {  // times 1 is told by nothing
    by = 1.0;
    if (!is_step(block, Op::kScale) || !step(block, Op::kScale)) return block;
    by = block->scalar_;
    return static_cast<const Block*>(block->a_.get());
  };
  // What is added to a running mean; null if this is none.
  auto mean = [&](const Block* block, double& kept, double& rest, const Block*& old) {
    if (!step(block, Op::kAdd) || !block->b_ || !step(block->a_.get(), Op::kScale))
      return static_cast<const Block*>(nullptr);
    kept = block->a_->scalar_, old = block->a_->a_.get();
    return scaled(block->b_.get(), rest);
  };
  found.w = root->a_.get();
  const Block* ratio = scaled(root->b_.get(), found.eta);
  if (!step(ratio, Op::kDivide) || !ratio->b_) return std::nullopt;
  const Block* divisor = ratio->b_.get();
  if (!step(divisor, Op::kAdd) || !divisor->b_ || !divisor->b_->is_constant()) return std::nullopt;
  found.eps = divisor->b_->scalar_;
  if (!step(divisor->a_.get(), Op::kSqrt)) return std::nullopt;
  found.new_m = scaled(ratio->a_.get(), found.scale1);
  found.new_s = scaled(divisor->a_->a_.get(), found.scale2);
  found.v = mean(found.new_m, found.beta1, found.rest1, found.m);
  const Block* square = mean(found.new_s, found.beta2, found.rest2, found.s);
  if (found.v == nullptr || !step(square, Op::kMultiply) || square->b_ ||
      square->a_.get() != found.v)
    return std::nullopt;
  for (const Block* block : found.inside)
    if (block && block != found.new_m && block != found.new_s && is_held(block))
      return std::nullopt;
  return found;
}

}  // namespace gyre::gan
