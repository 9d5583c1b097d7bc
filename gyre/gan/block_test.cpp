#include "gyre/gan/block.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/random.hpp"

namespace gyre::gan {
namespace {

using Op = Block::Op;

/// What everybody rounds in the same way.
constexpr Op kExact[] = {Op::kAdd,    Op::kSubtract, Op::kScale, Op::kMultiply,
                         Op::kDivide, Op::kMax,      Op::kSqrt};

/// A story of `length` operations on a few tensors and constants, the same for the same seed.
std::vector<BlockPtr> story(std::uint64_t seed, at::ScalarType type, int length) {
  Stream stream(seed, "story");
  auto pick = [&](std::size_t n) {
    return static_cast<std::size_t>(stream.uniform(0.0, static_cast<double>(n)));
  };
  const std::int64_t size = 1 + static_cast<std::int64_t>(pick(5000));
  at::manual_seed(static_cast<std::int64_t>(seed));
  std::vector<BlockPtr> all;
  for (int i = 0; i < 3; ++i)
    all.push_back(Block::tensor(at::rand({size}, at::TensorOptions(type)) + 0.5));
  all.push_back(Block::constant(all[0]->kind(), 0.75));
  all.push_back(Block::constant(all[0]->kind(), 0.0));
  for (int i = 0; i < length; ++i)
    all.push_back(Block::make(kExact[pick(std::size(kExact))], all[pick(all.size())],
                              all[pick(all.size())], stream.uniform(0.5, 2.0)));
  return all;
}

TEST(Block, InPiecesIsWhatTheLibraryComputes) {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed)
    for (const at::ScalarType type : {at::kFloat, at::kDouble}) {
      const std::vector<BlockPtr> fast = story(seed, type, 30), plain = story(seed, type, 30);
      settle(std::span(fast).last(2));
      settle_plainly(plain);
      for (std::size_t i = 0; i < fast.size(); ++i) {
        const at::Tensor a = value(fast[i]), b = value(plain[i]);
        ASSERT_TRUE(at::allclose(a, b, 0.0, 0.0, true)) << "seed " << seed << ", block " << i;
        ++compared;
      }
    }
  EXPECT_GT(compared, 1000);
}

TEST(Block, ExponentialsAndLogarithmsAgreeToRounding) {
  const BlockPtr x = Block::tensor(at::rand({3000}, at::kDouble) + 0.5);
  for (const Op op : {Op::kExp, Op::kLog}) {
    const BlockPtr fast = Block::make(op, x, x), plain = Block::make(op, x, x);
    settle(std::span(&fast, 1));
    settle_plainly(std::span(&plain, 1));
    EXPECT_TRUE(at::allclose(value(fast), value(plain), 1e-14, 1e-15));
    EXPECT_GT(value(fast).std().item().toDouble(), 0.1);
  }
}

TEST(Block, WhatOthersHoldIsKeptAndNothingElse) {
  const BlockPtr x = Block::tensor(at::full({4000}, 3.0));
  const BlockPtr held = Block::make(Op::kScale, x, x, 2.0);
  const BlockPtr root = Block::make(Op::kSqrt, Block::make(Op::kMultiply, held, x), x);
  settle(std::span(&root, 1));
  EXPECT_TRUE(root->is_settled());
  EXPECT_TRUE(held->is_settled());
  EXPECT_EQ(x.use_count(), 1);  // nothing remembers how root came about
  EXPECT_FLOAT_EQ(value(root)[3999].item().toFloat(), std::sqrt(18.0f));
}

TEST(Block, LongStoriesAreSettledOnTheWay) {
  BlockPtr x = Block::tensor(at::full({3}, 0.0, at::kDouble));
  const BlockPtr one = Block::constant(x->kind(), 1.0);
  for (int i = 0; i < 300000; ++i) x = Block::make(Op::kAdd, x, one);
  EXPECT_EQ(value(x)[1].item().toDouble(), 300000.0);
}

TEST(Block, RestingPlayersCostNothing) {
  const BlockPtr x = Block::tensor(at::full({3}, 2.0));
  const BlockPtr none = Block::constant(x->kind(), 0.0);
  EXPECT_EQ(Block::make(Op::kAdd, x, none), x);
  EXPECT_EQ(Block::make(Op::kAdd, none, x), x);
  EXPECT_EQ(Block::make(Op::kSubtract, x, none), x);
  EXPECT_TRUE(Block::make(Op::kScale, none, none, 5.0)->is_constant());
  EXPECT_EQ(Block::make(Op::kSubtract, none, x)->is_constant(), false);
}

TEST(Block, ProductsAreSummedInDouble) {
  const BlockPtr x = Block::tensor(at::full({100003}, 0.1, at::kFloat));
  const double tenth = 0.1f;
  EXPECT_NEAR(dot(x, x), 100003 * tenth * tenth, 1e-8);
  EXPECT_EQ(dot(x, Block::constant(x->kind(), 0.0)), 0.0);
  EXPECT_NEAR(dot(x, Block::constant(x->kind(), 2.0)), 200006 * tenth, 1e-8);
}

}  // namespace
}  // namespace gyre::gan
