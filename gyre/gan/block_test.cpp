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

/// Two players' Adam for some steps, as the rule tells it, settled with `plain` or in pieces. Each
/// fourth kind of rule has one number or another that needs no operation.
struct Adams {
  explicit Adams(std::uint64_t seed, at::ScalarType type) : kind(static_cast<int>(seed % 4)) {
    at::manual_seed(static_cast<std::int64_t>(seed));
    w = Block::tensor(at::rand({1 + static_cast<std::int64_t>(seed) * 131}, type));
    m = s = Block::constant(w->kind(), 0.0);
  }

  void step(bool plain) {
    tell();  // and hold nothing of it but the ends
    const BlockPtr all[] = {w, m, s};
    if (plain)
      settle_plainly(all);
    else
      settle(all);
  }

  void tell() {
    const BlockPtr one = Block::constant(w->kind(), 1.0);
    auto scale = [](double by, const BlockPtr& of) { return Block::make(Op::kScale, of, of, by); };
    const double beta1 = kind == 1 ? 0.0 : 0.9, eta = kind == 2 ? 1.0 : 1e-3;
    const BlockPtr drawn = Block::tensor(at::randn({w->kind().size}, w->kind().type));
    const BlockPtr v = kind == 3 ? Block::make(Op::kAdd, drawn, one) : drawn;
    p1 *= beta1, p2 *= 0.999;
    m = Block::make(Op::kAdd, scale(beta1, m), scale(1 - beta1, v));
    s = Block::make(Op::kAdd, scale(0.999, s), scale(0.001, Block::make(Op::kMultiply, v, v)));
    const BlockPtr up = Block::make(Op::kDivide, m, Block::constant(w->kind(), 1 - p1));
    const BlockPtr below = Block::make(Op::kDivide, s, Block::constant(w->kind(), 1 - p2));
    const BlockPtr root = Block::make(Op::kSqrt, below, below);
    const BlockPtr divisor = Block::make(Op::kAdd, root, Block::constant(w->kind(), 1e-8));
    w = Block::make(Op::kSubtract, w, scale(eta, Block::make(Op::kDivide, up, divisor)));
  }

  int kind;
  BlockPtr w, m, s;
  double p1 = 1.0, p2 = 1.0;
};

TEST(Block, AdamAtOnceIsItsOperationsOneByOne) {
  for (std::uint64_t seed = 0; seed < 24; ++seed)
    for (const at::ScalarType type : {at::kFloat, at::kDouble}) {
      Adams fast(seed, type), plain(seed, type);
      for (Adams* each : {&fast, &plain}) {
        at::manual_seed(7);
        for (int i = 0; i < 4; ++i) each->step(each == &plain);
      }
      EXPECT_TRUE(at::equal(value(fast.w), value(plain.w))) << "seed " << seed;
      EXPECT_TRUE(at::equal(value(fast.m), value(plain.m))) << "seed " << seed;
      EXPECT_TRUE(at::equal(value(fast.s), value(plain.s))) << "seed " << seed;
    }
}

TEST(Block, WhatNobodyHoldsIsWrittenOver) {
  Adams adam(20, at::kFloat);
  adam.step(false);
  adam.step(false);
  const void* place = value(adam.s).data_ptr();
  const BlockPtr held = adam.m;
  const at::Tensor looked_at = value(adam.w), view = looked_at.narrow(0, 1, 5);
  const at::Tensor m_before = value(held).clone(), w_before = looked_at.clone();
  adam.step(false);
  EXPECT_EQ(value(adam.s).data_ptr(), place);
  EXPECT_NE(value(adam.m).data_ptr(), value(held).data_ptr());
  EXPECT_TRUE(at::equal(value(held), m_before));
  EXPECT_TRUE(at::equal(looked_at, w_before));
  EXPECT_FALSE(at::equal(value(adam.w), w_before));
}

TEST(Block, AdamsInnerBlocksMayBeHeld) {
  // What is asked for in the middle of Adam's story is there, and the rest the same.
  for (const bool plain : {false, true}) {
    const BlockPtr w = Block::tensor(at::full({700}, 2.0)), v = Block::tensor(at::full({700}, 3.0));
    const BlockPtr m = Block::make(Op::kAdd, Block::make(Op::kScale, w, w, 0.5),
                                   Block::make(Op::kScale, v, v, 0.25));
    const BlockPtr square = Block::make(Op::kMultiply, v, v);
    const BlockPtr s = Block::make(Op::kAdd, Block::make(Op::kScale, w, w, 0.5),
                                   Block::make(Op::kScale, square, square, 4.0));
    const BlockPtr divisor =
        Block::make(Op::kAdd, Block::make(Op::kSqrt, s, s), Block::constant(w->kind(), 1.0));
    const BlockPtr root[] = {Block::make(Op::kSubtract, w, Block::make(Op::kDivide, m, divisor))};
    if (plain)
      settle_plainly(root);
    else
      settle(root);
    EXPECT_FLOAT_EQ(value(square)[699].item().toFloat(), 9.0f);
    EXPECT_FLOAT_EQ(value(s)[699].item().toFloat(), 37.0f);
    EXPECT_FLOAT_EQ(value(root[0])[699].item().toFloat(), 2.0f - 1.75f / (std::sqrt(37.0f) + 1));
  }
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
