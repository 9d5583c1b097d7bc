#include "gyre/plot/axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

namespace gyre::plot {
namespace {

std::vector<std::string> labels(const Range& range, double wanted) {
  std::vector<std::string> result;
  for (const Tic& tic : tics(range, wanted))
    if (!tic.label.empty()) result.push_back(tic.label);
  return result;
}

Range fitted(std::initializer_list<double> values, const Axis& axis = {}, double margin = 0.0) {
  Extent extent{.log = axis.log};
  for (const double v : values) extent.add(v);
  return fit(axis, extent, margin);
}

TEST(Fit, TakesTheDataAndAMargin) {
  const Range range = fitted({0.0, 10.0}, {}, 0.1);
  EXPECT_DOUBLE_EQ(range.low, -1.0);
  EXPECT_DOUBLE_EQ(range.high, 11.0);
}

TEST(Fit, KeepsGivenLimits) {
  const Range range = fitted({0.0, 10.0}, {.low = -5.0}, 0.1);
  EXPECT_DOUBLE_EQ(range.low, -5.0);
  EXPECT_GT(range.high, 10.0);
}

TEST(Fit, SkipsWhatCannotBeShown) {
  const Range range = fitted({NAN, INFINITY, -INFINITY, 1.0, 2.0});
  EXPECT_DOUBLE_EQ(range.low, 1.0);
  EXPECT_DOUBLE_EQ(range.high, 2.0);
  const Range log = fitted({-3.0, 0.0, 1.0, 100.0}, {.log = true});
  EXPECT_DOUBLE_EQ(log.low, 1.0);
  EXPECT_DOUBLE_EQ(log.high, 100.0);
}

TEST(Fit, OpensUpWhereAllValuesAreEqual) {
  for (const double value : {0.0, 1.0, -7.5, 1e300, 1e-310, -1e305}) {
    const Range range = fitted({value, value});
    EXPECT_LT(range.low, value) << value;
    EXPECT_GT(range.high, value) << value;
    EXPECT_TRUE(std::isfinite(range.high - range.low)) << value;
  }
  const Range log = fitted({1e-300}, {.log = true});
  EXPECT_LT(log.low, log.high);
}

TEST(Fit, HoldsAnyRatioOnALogAxis) {
  for (const auto& ends : {std::array{1e-3, 1e304}, {1e-300, 1e305}, {1e-300, 2e-300}}) {
    const Range range = fitted({ends[0], ends[1]}, {.log = true});
    EXPECT_TRUE(range.low > 0.0 && range.low <= ends[0] && range.high >= ends[1]) << ends[1];
    EXPECT_TRUE(std::isfinite(range.high));
    for (const double value : ends) {
      const double share = range.share(value);
      EXPECT_TRUE(share >= 0.0 && share <= 1.0) << value << " at " << share;
      EXPECT_NEAR(range.at(share) / value, 1.0, 1e-9);
    }
    for (const Tic& tic : tics(range, 6)) EXPECT_TRUE(std::isfinite(tic.at)) << tic.label;
  }
}

TEST(Fit, AnswersEvenWithoutData) {
  EXPECT_LT(fitted({}).low, fitted({}).high);
  EXPECT_LT(fitted({}, {.log = true}).low, fitted({}, {.log = true}).high);
  const Range beyond = fitted({1.0, 2.0}, {.low = 5.0});
  EXPECT_LT(beyond.low, beyond.high);
}

TEST(Tics, AreRound) {
  EXPECT_THAT(labels({0.0, 10.0}, 5), testing::ElementsAre("0", "2", "4", "6", "8", "10"));
  EXPECT_THAT(labels({-1.0, 1.0}, 4), testing::ElementsAre("−1.0", "−0.5", "0", "0.5", "1.0"));
  EXPECT_THAT(labels({0.0, 3e6}, 3), testing::ElementsAre("0", "10⁶", "2×10⁶", "3×10⁶"));
  EXPECT_THAT(labels({0.0, 2.5e-7}, 3), testing::ElementsAre("0", "10⁻⁷", "2×10⁻⁷"));
}

TEST(Tics, OfLogAxesAreDecades) {
  EXPECT_THAT(labels({1e-5, 1.0, true}, 6),
              testing::ElementsAre("10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"));
  EXPECT_THAT(labels({0.1, 100.0, true}, 6), testing::ElementsAre("0.1", "1", "10", "100"));
  EXPECT_THAT(labels({1.0, 20.0, true}, 6), testing::ElementsAre("1", "2", "5", "10", "20"));
}

TEST(Tics, StayInAnyRangeAndAreNeverMany) {
  rc::check([] {
    const double exponent = *rc::gen::inRange(-290, 290);
    const double low = *rc::gen::inRange(-1000, 1000) * std::pow(10.0, exponent);
    const double length = *rc::gen::inRange(1, 1000) * std::pow(10.0, exponent);
    const Range range = fit({}, {.low = low, .high = low + length}, 0.04);
    const auto found = tics(range, *rc::gen::inRange(0, 60));
    RC_ASSERT(found.size() <= 200u);
    for (const Tic& tic : found) RC_ASSERT(tic.at >= range.low && tic.at <= range.high);
  });
  rc::check([] {
    const double low = std::pow(10.0, *rc::gen::inRange(-290, 280));
    const double high = low * std::pow(10.0, *rc::gen::inRange(1, 400) * 0.05);
    const Range range = fit({.log = true}, {.log = true, .low = low, .high = high}, 0.04);
    const auto found = tics(range, *rc::gen::inRange(1, 20));
    RC_ASSERT(found.size() <= 200u && !found.empty());
    for (const Tic& tic : found)
      RC_ASSERT(range.share(tic.at) >= -1e-9 && range.share(tic.at) <= 1.0 + 1e-9);
  });
}

TEST(Tics, OfOneAxisDiffer) {
  for (const Range& range :
       {Range{1000000.0, 1000001.0}, Range{1.0, 1.0 + 1e-9}, Range{-3e5, 8e5}}) {
    auto names = labels(range, 5);
    ASSERT_GT(names.size(), 1u);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end()) << names[0];
  }
}

}  // namespace
}  // namespace gyre::plot
