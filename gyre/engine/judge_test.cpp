#include "gyre/engine/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace gyre {
namespace {

/// A spiral that turns by `angle` and grows by `rate` a step, squeezed in y.
Path spiral(double rate, double angle, std::size_t steps, double squeeze = 1.0,
            std::uint64_t stride = 1) {
  Path path{2, {}, {}};
  for (std::size_t k = 0; k < steps; ++k) {
    const double t = static_cast<double>(k * stride);
    path.steps.push_back(k * stride);
    path.points.push_back(std::pow(rate, t) * std::cos(angle * t));
    path.points.push_back(std::pow(rate, t) * squeeze * std::sin(angle * t));
  }
  return path;
}

Fit fitted(const Path& path, double smallest = 1e-13) {
  const Distances d = distances(path, std::vector{0.0, 0.0}, 0, smallest);
  return fit_line(d, 0, d.logs.size());
}

TEST(Fit, IsExactOnASpiral) {
  const Fit fit = fitted(spiral(0.99, 0.3, 500));
  EXPECT_NEAR(std::exp(fit.slope), 0.99, 1e-13);
  EXPECT_LT(fit.noise, 1e-7);
}

TEST(Fit, IsHardlyLedAstrayByAnEllipse) {
  const Fit fit = fitted(spiral(0.999, 0.3, 500, 0.3));
  EXPECT_NEAR(std::exp(fit.slope), 0.999, 1e-6);
  EXPECT_GT(fit.noise, 0.1);
}

TEST(Fit, LeavesOutWhatIsTooSmallToMean) {
  const Fit fit = fitted(spiral(0.5, 0.3, 100), 1e-6);
  EXPECT_EQ(fit.span, 19.0);
  EXPECT_NEAR(std::exp(fit.slope), 0.5, 1e-12);
}

TEST(Fit, OfNothingIsUnknown) { EXPECT_TRUE(std::isnan(fitted(Path{2, {}, {}}).slope)); }

TEST(Cycle, IsFoundForAnyPeriodAndStride) {
  for (const double period : {2.0, 2.8057, 4.0, 7.3, 62.8, 110.0})
    for (const std::uint64_t stride : {1, 3}) {
      if (stride > 1 && period < 6.0 * static_cast<double>(stride)) continue;  // too coarse to tell
      Turn c;
      ASSERT_TRUE(find_cycle(spiral(1.0, 2.0 * std::numbers::pi / period, 512, 0.7, stride), c))
          << period << " at stride " << stride;
      EXPECT_NEAR(c.period, period, 0.01 * period);
    }
}

TEST(Cycle, IsNotSeenInASpiralOrInNoise) {
  Turn c;
  EXPECT_FALSE(find_cycle(spiral(1.05, 0.3, 200), c));
  EXPECT_FALSE(find_cycle(spiral(0.9, 0.0, 200), c));
  Path noise{2, {}, {}};
  std::uint64_t s = 1;
  for (std::uint64_t k = 0; k < 512; ++k) {
    noise.steps.push_back(k);
    for (int i = 0; i < 2; ++i) {
      s = s * 6364136223846793005u + 1442695040888963407u;
      noise.points.push_back(static_cast<double>(s >> 40));
    }
  }
  EXPECT_FALSE(find_cycle(noise, c));
}

TEST(Cycle, CountsTurnsWithTheirSign) {
  Turn left, right;
  ASSERT_TRUE(find_cycle(spiral(1.0, 0.1, 512), left));
  ASSERT_TRUE(find_cycle(spiral(1.0, -0.1, 512), right));
  EXPECT_NEAR(left.turns, -right.turns, 1e-9);
  EXPECT_GT(left.turns, 6.0);
}

std::vector<std::span<const double>> one_coordinate(const std::vector<double>& row) {
  return {std::span(row)};
}

TEST(History, ThinsItselfByTheStepAlone) {
  History one, many;
  one.clear(1, 1), many.clear(1, 5);
  for (std::uint64_t step = 0; step <= 100'000; ++step) {
    const std::vector<double> row(5, static_cast<double>(step));
    if (one.due(step)) one.keep(step, one_coordinate(row));
    if (many.due(step)) many.keep(step, one_coordinate(row));
  }
  const Path a = one.paths(0, 1)[0], b = many.paths(3, 2)[1];
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.points, b.points);
  EXPECT_GE(a.size(), 256u);
  EXPECT_LE(a.size(), 512u);
  for (std::size_t k = 0; k < a.size(); ++k)
    EXPECT_EQ(a.points[k], static_cast<double>(a.steps[k]));
  for (std::size_t k = 2; k < a.size(); ++k)
    EXPECT_EQ(a.steps[k] - a.steps[k - 1], a.steps[1] - a.steps[0]);
}

TEST(Tail, KeepsEveryLevelWithoutGaps) {
  for (const std::uint64_t steps : {0, 1, 7, 100, 191, 192, 500, 1'000, 12'345, 1'000'000}) {
    Tail tail;
    tail.clear(1, 1, steps);
    std::uint64_t kept = 0;
    for (std::uint64_t step = 0; step <= steps; ++step) {
      if (!tail.due(step)) continue;
      const std::vector<double> row{static_cast<double>(step)};
      tail.keep(step, one_coordinate(row));
      ++kept;
    }
    std::uint64_t visited = tail.due(0) ? 1 : 0;
    for (std::uint64_t step = 0; step < steps;) {
      step = tail.next_due(step);
      visited += tail.due(step);
    }
    EXPECT_EQ(visited, kept) << "next_due skips one, of " << steps;
    const Path path = tail.paths(0, 1)[0];
    EXPECT_LE(path.size(), 1'200u);
    std::uint64_t stride = 1;
    for (int level = 0; steps / 2 >= 192 * stride; ++level, stride *= 4) {
      const Path part = Tail::level(path, level);
      EXPECT_GE(part.size(), 190u) << steps << " level " << level;
      for (std::size_t k = 1; k < part.size(); ++k)
        ASSERT_EQ(part.steps[k] - part.steps[k - 1], stride);
    }
  }
}

}  // namespace
}  // namespace gyre
