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

TEST(Fit, IsExactOnASpiral) {
  const Fit fit = fit_rate(spiral(0.99, 0.3, 500), std::vector{0.0, 0.0}, 0);
  EXPECT_NEAR(std::exp(fit.slope), 0.99, 1e-13);
  EXPECT_LT(fit.noise, 1e-12);
}

TEST(Fit, IsHardlyLedAstrayByAnEllipse) {
  const Fit fit = fit_rate(spiral(0.999, 0.3, 500, 0.3), std::vector{0.0, 0.0}, 0);
  EXPECT_NEAR(std::exp(fit.slope), 0.999, 1e-6);
}

TEST(Fit, LeavesOutWhatIsTooSmallToMean) {
  Path path = spiral(0.5, 0.3, 100);
  const Fit fit = fit_rate(path, std::vector{0.0, 0.0}, 0, 1e-6);
  EXPECT_EQ(fit.to, 19u);
  EXPECT_NEAR(std::exp(fit.slope), 0.5, 1e-12);
}

TEST(Fit, OfNothingIsUnknown) {
  EXPECT_TRUE(std::isnan(fit_rate(Path{2, {}, {}}, std::vector{0.0, 0.0}, 0).slope));
}

TEST(Cycle, IsFoundForAnyPeriodAndStride) {
  for (const double period : {2.0, 2.8057, 4.0, 7.3, 62.8, 120.0})
    for (const std::uint64_t stride : {1, 3}) {
      if (period < 2.0 * static_cast<double>(stride)) continue;  // too coarse to see it turn
      Cycle c;
      ASSERT_TRUE(find_cycle(spiral(1.0, 2.0 * std::numbers::pi / period, 512, 0.7, stride), c))
          << period << " at stride " << stride;
      EXPECT_NEAR(c.period, period, 0.01 * period);
    }
}

TEST(Cycle, IsNotSeenInASpiralOrInNoise) {
  Cycle c;
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
  Cycle left, right;
  ASSERT_TRUE(find_cycle(spiral(1.0, 0.1, 512), left));
  ASSERT_TRUE(find_cycle(spiral(1.0, -0.1, 512), right));
  EXPECT_NEAR(left.turns, -right.turns, 1e-9);
  EXPECT_GT(left.turns, 6.0);
}

TEST(History, ThinsItselfByTheStepAlone) {
  History one(1, 1), many(1, 5);
  std::vector<double> row(5);
  for (std::uint64_t step = 0; step <= 100'000; ++step) {
    row.assign(5, static_cast<double>(step));
    const std::span<const double> view(row);
    if (one.due(step)) one.keep(step, std::span(&view, 1));
    if (many.due(step)) many.keep(step, std::span(&view, 1));
  }
  const Path a = one.path(0), b = many.path(4);
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.points, b.points);
  EXPECT_GT(a.size(), 500u);
  EXPECT_LE(a.size(), 1024u);
  for (std::size_t k = 0; k < a.size(); ++k)
    EXPECT_EQ(a.points[k], static_cast<double>(a.steps[k]));
  for (std::size_t k = 2; k < a.size(); ++k)
    EXPECT_EQ(a.steps[k] - a.steps[k - 1], a.steps[1] - a.steps[0]);
}

}  // namespace
}  // namespace gyre
