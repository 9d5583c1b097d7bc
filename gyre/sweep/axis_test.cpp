#include "gyre/sweep/axis.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/sweep/draw.hpp"

namespace gyre {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<double> values(const std::string& text) {
  const Axis axis = parse_axis(text);
  std::vector<double> all;
  for (std::uint64_t i = 0; i < axis.size(); ++i) all.push_back(axis.at(i));
  return all;
}

std::string refused(auto&& read) {
  try {
    read();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Axis, HasBothEndsAndEvenSteps) {
  EXPECT_THAT(values("x = -2:2:5"), ElementsAre(-2.0, -1.0, 0.0, 1.0, 2.0));
  EXPECT_THAT(values("seed=3:6"), ElementsAre(3.0, 4.0, 5.0, 6.0));
  EXPECT_THAT(values("eta=0.1, 1/4,0.5"), ElementsAre(0.1, 0.25, 0.5));
  EXPECT_THAT(values("eta=log:1e-3:1:4"),
              ElementsAre(1e-3, DoubleNear(1e-2, 1e-15), DoubleNear(1e-1, 1e-14), 1.0));
  EXPECT_EQ(parse_axis("x=-pi:pi:3").high, M_PI);
}

TEST(Axis, IsSpelledAsItIsRead) {
  for (const char* text : {"-2:2:5", "log:0.001:1:4", "3:6", "0.1,0.25"}) {
    const Axis axis = parse_axis(std::string("x=") + text);
    EXPECT_EQ(axis.text(), text);
  }
}

TEST(Axis, RefusesWhatIsNoRange) {
  const std::pair<const char*, const char*> wrong[] = {
      {"x", "NAME=VALUES"},
      {"=1:2:3", "NAME=VALUES"},
      {"x=2:-2:100", "reversed"},
      {"x=1:1:100", "empty"},
      {"x=0:1:1", "2 to"},
      {"x=0:1:2.5", "whole number"},
      {"x=0:1:1e10", "2 to"},
      {"x=log:0:1:10", "above 0"},
      {"x=0:inf:10", "not finite"},
      {"x=0.5:2", "how many values"},
      {"x=1:2:3:4", "LOW:HIGH:COUNT"},
      {"x=0:1e12", "more than"},
      {"x=a:2:3", "unknown name 'a'"},
  };
  for (const auto& [text, why] : wrong)
    EXPECT_THAT(refused([&] { parse_axis(text); }), HasSubstr(why)) << text;
}

TEST(Draw, StaysWithinAndFills) {
  constexpr int kMany = 20'000;
  for (const char* text : {"x=-2:2", "x=log:1e-3:1", "x=whole:2:5", "x=1,4", "x=0:1:step=0.25"}) {
    const Draw draw = parse_draw(text);
    double least = 1e9, greatest = -1e9;
    for (int i = 0; i < kMany; ++i) {
      Stream stream(1, "test", static_cast<std::uint64_t>(i));
      const double v = draw.from(stream);
      least = std::min(least, v), greatest = std::max(greatest, v);
    }
    EXPECT_GE(least, draw.least()) << text;
    EXPECT_LE(greatest, draw.greatest()) << text;
    EXPECT_NEAR(least, draw.least(), 1e-2) << text;
    EXPECT_NEAR(greatest, draw.greatest(), 1e-2) << text;
  }
}

TEST(Draw, HasTheMiddleOfItsDistribution) {
  constexpr int kMany = 20'000;
  const std::pair<const char*, double> medians[] = {
      {"x=-2:4", 1.0}, {"x=log:1e-4:1", 1e-2}, {"x=normal:3:2", 3.0}, {"x=lognormal:0:1", 1.0}};
  for (const auto& [text, median] : medians) {
    const Draw draw = parse_draw(text);
    int below = 0;
    for (int i = 0; i < kMany; ++i) {
      Stream stream(7, "test", static_cast<std::uint64_t>(i));
      below += draw.from(stream) < median;
    }
    EXPECT_NEAR(below, kMany / 2, 3.0 * std::sqrt(kMany)) << text;
  }
}

TEST(Draw, RefusesWhatIsNoDistribution) {
  EXPECT_THAT(refused([] { parse_draw("x=2:1"); }), HasSubstr("smaller"));
  EXPECT_THAT(refused([] { parse_draw("x=log:0:1"); }), HasSubstr("above 0"));
  EXPECT_THAT(refused([] { parse_draw("x=nromal:0:1"); }), HasSubstr("did you mean 'normal'"));
  EXPECT_THAT(refused([] { parse_draw("x=normal:0:-1"); }), HasSubstr("not negative"));
  EXPECT_THAT(refused([] { parse_draw("x=whole:0.5:3"); }), HasSubstr("whole ends"));
}

}  // namespace
}  // namespace gyre
