#include "gyre/plot/palette.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gyre::plot {
namespace {

/// As OKLab has it (Ottosson 2020).
double lightness(Rgb c) {
  const auto linear = [](std::uint8_t v) {
    const double s = v / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  const double r = linear(c.red), g = linear(c.green), b = linear(c.blue);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
}

TEST(Sequential, RisesEvenlyInLightness) {
  const auto table = stops(Map::kSequential);
  const double whole = lightness(table.back()) - lightness(table.front());
  const double step = whole / static_cast<double>(table.size() - 1);
  for (std::size_t i = 1; i < table.size(); ++i)
    EXPECT_NEAR(lightness(table[i]) - lightness(table[i - 1]), step, 0.15 * step) << i;
}

TEST(Diverging, IsLightestInTheMiddleAndAlikeOnBothSides) {
  const auto table = stops(Map::kDiverging);
  const std::size_t middle = table.size() / 2;
  const double step =
      (lightness(table[middle]) - lightness(table[0])) / static_cast<double>(middle);
  for (std::size_t i = 0; i < middle; ++i) {
    EXPECT_NEAR(lightness(table[i]), lightness(table[table.size() - 1 - i]), 0.01);
    EXPECT_NEAR(lightness(table[i + 1]) - lightness(table[i]), step, 0.15 * step);
  }
}

TEST(ColorAt, TakesTheNearerEndOutside) {
  const auto same = [](Rgb a, Rgb b) {
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
  };
  EXPECT_TRUE(same(color_at(Map::kSequential, -1.0), stops(Map::kSequential).front()));
  EXPECT_TRUE(same(color_at(Map::kSequential, 2.0), stops(Map::kSequential).back()));
}

}  // namespace
}  // namespace gyre::plot
