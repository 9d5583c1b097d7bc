#include "gyre/expr/graph.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <cmath>
#include <set>

#include "gyre/core/error.hpp"
#include "gyre/expr/random_formula.hpp"

namespace gyre {
namespace {

TEST(Graph, StoresEqualNodesOnce) {
  Graph g;
  const NodeId x = g.symbol("x"), y = g.symbol("y");
  EXPECT_EQ(g.symbol("x"), x);
  EXPECT_NE(x, y);
  EXPECT_EQ(g.constant(2.5), g.constant(2.5));
  const NodeId product = g.raw(kOp<ops::Mul>, std::array{x, y});
  const std::size_t size = g.size();
  EXPECT_EQ(g.raw(kOp<ops::Mul>, std::array{x, y}), product);
  EXPECT_EQ(g.size(), size);
  EXPECT_NE(g.raw(kOp<ops::Mul>, std::array{y, x}), product);
  EXPECT_NE(g.raw(kOp<ops::Add>, std::array{x, y}), product);
  EXPECT_NE(g.raw(kOp<ops::Select>, std::array{x, y, x}),
            g.raw(kOp<ops::Select>, std::array{x, y, y}));
}

TEST(Graph, HasOneZeroAndOneNotANumber) {
  Graph g;
  EXPECT_EQ(g.constant(0.0), g.constant(-0.0));
  EXPECT_FALSE(std::signbit(g.node(g.constant(-0.0)).value));
  EXPECT_EQ(g.constant(std::nan("1")), g.constant(-std::nan("2")));
  EXPECT_NE(g.constant(HUGE_VAL), g.constant(-HUGE_VAL));
}

TEST(Graph, KnowsNamesAndDepths) {
  Graph g;
  const NodeId x = g.symbol("x"), s = g.raw(kOp<ops::Sin>, std::array{x});
  EXPECT_EQ(g.name(x), "x");
  EXPECT_EQ(g.node(x).depth, 0u);
  EXPECT_EQ(g.node(g.raw(kOp<ops::Mul>, std::array{x, s})).depth, 2u);
}

TEST(Graph, NegatesConstantsAtOnce) {
  Graph g;
  EXPECT_EQ(g.raw(kOp<ops::Neg>, std::array{g.constant(2.0)}), g.constant(-2.0));
}

RC_GTEST_PROP(Graph, OperandsStandBeforeTheirOperation, (const Recipe& recipe)) {
  Playground place;
  const NodeId root = raw_formula(place, recipe).in(place.graph);
  const std::vector<NodeId> order = reachable(place.graph, std::array{root});
  std::set<NodeId> seen;
  for (const NodeId id : order) {
    const Node& node = place.graph.node(id);
    for (int k = 0; k < node.arity(); ++k) {
      RC_ASSERT(node.args[k] < id);
      RC_ASSERT(seen.contains(node.args[k]));
      RC_ASSERT(place.graph.node(node.args[k]).depth < node.depth);
    }
    RC_ASSERT(seen.insert(id).second);
  }
  RC_ASSERT(order.back() == root);
}

TEST(Graph, FindsOnlyWhatTheRootsStandOn) {
  Graph g;
  EXPECT_TRUE(reachable(g, {}).empty());
  const NodeId x = g.symbol("x"), y = g.symbol("y");
  NodeId chain = x;
  for (int i = 0; i < 200; ++i) chain = g.raw(kOp<ops::Sin>, std::array{chain});
  const NodeId root = g.raw(kOp<ops::Cos>, std::array{y});
  EXPECT_EQ(reachable(g, std::array{root}), (std::vector{y, root}));
  EXPECT_EQ(reachable(g, std::array{chain, root, root}).size(), g.size());
}

TEST(Graph, RefusesToExplode) {
  Graph g(10);
  NodeId n = g.symbol("x");
  auto grow = [&] {
    for (int i = 0; i < 20; ++i) n = g.raw(kOp<ops::Sin>, std::array{n});
  };
  EXPECT_THROW(grow(), Error);
  EXPECT_EQ(g.size(), 10u);
  EXPECT_THROW(g.symbol("y"), Error);
  EXPECT_THROW(g.symbol("y"), Error) << "a name refused once stays refused";
  EXPECT_EQ(g.symbol("x"), 0u) << "what is there can still be used";
}

TEST(Graph, TakesAMillionNodesInReasonableTime) {
  const auto begin = std::chrono::steady_clock::now();
  Graph g;
  const NodeId x = g.symbol("x");
  for (int i = 0; i < 500'000; ++i)  // constants that differ in the highest bits only, and in few
    g.raw(kOp<ops::Mul>, std::array{x, g.constant(std::ldexp(1000.0 + i % 1000, i / 1000))});
  EXPECT_GT(g.size(), 900'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace gyre
