#include "gyre/expr/philox.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "gyre/core/random.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/expr/print.hpp"

namespace gyre {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Philox, GivesTheWordsOfRandom123) {
  Stream stream(3, "names");
  for (int trial = 0; trial < 1000; ++trial) {
    std::uint64_t named[3];
    for (std::uint64_t& n : named) n = stream.bits() >> (12 + stream.bits() % 52);
    const auto [seed, lane, counter] = named;
    auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
    const r123::Philox4x32::ctr_type at{
        {low(counter), low(counter >> 32), low(lane), low(lane >> 32)}};
    const r123::Philox4x32::key_type key{{low(seed), low(seed >> 32)}};
    const auto want = r123::Philox4x32{}(at, key);
    const philox::Words got = philox::words(static_cast<double>(seed), static_cast<double>(lane),
                                            static_cast<double>(counter));
    ASSERT_EQ(got.x0, want[0]);
    ASSERT_EQ(got.x1, want[1]);
    ASSERT_EQ(got.x2, want[2]);
    ASSERT_EQ(got.x3, want[3]);
  }
}

TEST(Philox, MakesNumbersBetweenZeroAndOneOfAnyBits) {
  EXPECT_EQ(philox::uniform(0, 0), 0x1p-53);
  EXPECT_EQ(philox::uniform(0xFFFFFFFFu, 0xFFFFFFFFu), 1.0 - 0x1p-53);
  EXPECT_EQ(philox::uniform(0, 0x80000000u), 0.5 + 0x1p-53);
  EXPECT_EQ(philox::uniform(1u << 12, 0), 3.0 * 0x1p-53);
}

TEST(Philox, DrawsNothingOutsideItsNames) {
  for (const double bad : {-1.0, 0x1p52, 1e300, HUGE_VAL, -HUGE_VAL, kNan}) {
    EXPECT_TRUE(std::isnan(ops::Uniform::value(bad, 0.0, 0.0))) << bad;
    EXPECT_TRUE(std::isnan(ops::Uniform::value(0.0, bad, 0.0))) << bad;
    EXPECT_TRUE(std::isnan(ops::Uniform2::value(0.0, 0.0, bad))) << bad;
  }
  EXPECT_GT(ops::Uniform::value(0x1p52 - 1.0, 0x1p52 - 1.0, 0x1p52 - 1.0), 0.0);
  EXPECT_EQ(ops::Uniform::value(1.0, 2.0, 3.4), ops::Uniform::value(1.0, 2.0, 3.0));
}

TEST(Philox, EachNameAndEachHalfIsADrawOfItsOwn) {
  std::set<double> seen;
  for (int seed = 0; seed < 8; ++seed)
    for (int lane = 0; lane < 8; ++lane)
      for (int counter = 0; counter < 8; ++counter) {
        seen.insert(ops::Uniform::value<double>(seed, lane, counter));
        seen.insert(ops::Uniform2::value<double>(seed, lane, counter));
      }
  EXPECT_EQ(seen.size(), 2u * 8 * 8 * 8);
}

TEST(Philox, NeighboursInEveryNameAreUniformAndUncorrelated) {
  constexpr int n = 20'000;
  for (int which = 0; which < 3; ++which) {
    double mean = 0.0, square = 0.0, lag = 0.0, halves = 0.0, before = 0.0;
    for (int i = 0; i < n; ++i) {
      double name[3] = {11.0, 12.0, 13.0};
      name[which] += i;
      const double u = ops::Uniform::value(name[0], name[1], name[2]) - 0.5;
      const double v = ops::Uniform2::value(name[0], name[1], name[2]) - 0.5;
      mean += u / n, square += 12.0 * u * u / n, halves += 12.0 * u * v / n;
      lag += 12.0 * u * before / n;
      before = u;
    }
    const double five_sigma = 5.0 / std::sqrt(n);
    EXPECT_NEAR(mean, 0.0, five_sigma / std::sqrt(12.0));
    EXPECT_NEAR(square, 1.0, five_sigma);
    EXPECT_NEAR(lag, 0.0, five_sigma);
    EXPECT_NEAR(halves, 0.0, five_sigma);
  }
}

TEST(Philox, IsFlatInFormulasAndNoGameCanWriteIt) {
  Graph graph;
  const Expr x = Expr::symbol(graph, "x"), y = Expr::symbol(graph, "y");
  const Expr draw = uniform(x, 1.0, y);
  EXPECT_EQ(to_text(draw), "uniform(x, 1, y)");
  EXPECT_EQ(to_text(uniform2(x, 1.0, y)), "uniform2(x, 1, y)");
  EXPECT_NE(draw, uniform2(x, 1.0, y));
  EXPECT_FALSE(draw.is_constant());
  EXPECT_TRUE(derivative(draw * x, y).is_constant(0.0));
  EXPECT_EQ(derivative(draw * x, x), draw);
  EXPECT_FALSE(is_reserved("uniform"));
  // Of numbers it is a number, the same one.
  EXPECT_EQ(uniform(Expr(graph, graph.constant(5.0)), 1.0, 2.0).value(),
            ops::Uniform::value(5.0, 1.0, 2.0));
}

}  // namespace
}  // namespace gyre
