#include "gyre/plot/polyline.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/plot/contours.hpp"

namespace gyre::plot {
namespace {

double distance_to(const Polyline& line, const Dot& p) {
  double best = INFINITY;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double dx = line[i].x - line[i - 1].x, dy = line[i].y - line[i - 1].y;
    const double length = dx * dx + dy * dy;
    double t =
        length > 0.0 ? ((p.x - line[i - 1].x) * dx + (p.y - line[i - 1].y) * dy) / length : 0;
    t = std::fmin(std::fmax(t, 0.0), 1.0);
    best = std::fmin(best, std::hypot(p.x - line[i - 1].x - t * dx, p.y - line[i - 1].y - t * dy));
  }
  return best;
}

TEST(Clip, CutsAtTheEdges) {
  const auto parts = clip({{-5, 5}, {15, 5}}, 10, 10, 0);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_DOUBLE_EQ(parts[0].front().x, 0.0);
  EXPECT_DOUBLE_EQ(parts[0].back().x, 10.0);
}

TEST(Clip, SplitsAtGapsAndOutside) {
  EXPECT_EQ(clip({{1, 1}, {2, 2}, {NAN, 3}, {4, 4}, {5, 5}}, 10, 10, 0).size(), 2u);
  EXPECT_EQ(clip({{1, 1}, {20, 1}, {20, 9}, {1, 9}}, 10, 10, 0).size(), 2u);
  EXPECT_TRUE(clip({{20, 20}, {30, 20}}, 10, 10, 0).empty());
  EXPECT_TRUE(clip({}, 10, 10, 0).empty());
  EXPECT_TRUE(clip({{NAN, NAN}}, 10, 10, 0).empty());
}

TEST(Clip, KeepsALonelyDot) { EXPECT_EQ(clip({{NAN, 0}, {5, 5}, {NAN, 0}}, 10, 10, 0).size(), 1u); }

TEST(Clip, BearsHugeNumbers) {
  const auto parts = clip({{5, 5}, {1e300, 5}}, 10, 10, 0);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_DOUBLE_EQ(parts[0].back().x, 10.0);
}

TEST(Simplify, KeepsWithinTheTolerance) {
  Polyline spiral;
  for (int i = 0; i < 20000; ++i)
    spiral.push_back({300 + 0.01 * i * std::cos(0.01 * i), 300 + 0.01 * i * std::sin(0.01 * i)});
  const Polyline thin = simplify(spiral, 0.1);
  EXPECT_LT(thin.size(), spiral.size() / 8);
  for (std::size_t i = 0; i < spiral.size(); i += 97)
    EXPECT_LT(distance_to(thin, spiral[i]), 0.25) << i;
}

TEST(Simplify, KeepsTheTurningPointsOfAZigzag) {
  Polyline zigzag;
  for (int i = 0; i < 100; ++i) zigzag.push_back({5.0, i % 2 ? 100.0 : 0.0});
  EXPECT_EQ(simplify(zigzag, 0.1).size(), zigzag.size());
}

TEST(Contour, OfARadiusIsACircle) {
  constexpr int n = 61;
  std::vector<double> values;
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) values.push_back(std::hypot(i - 30.0, j - 30.0));
  const auto lines = contour(values, n, 20.0);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_GT(lines[0].size(), 100u);
  for (const Dot& dot : lines[0]) EXPECT_NEAR(std::hypot(dot.x - 30, dot.y - 30), 20.0, 0.02);
}

TEST(Contour, AvoidsCellsWithoutValues) {
  EXPECT_TRUE(contour({0, 1, NAN, 1}, 2, 0.5).empty());
  EXPECT_TRUE(contour({}, 2, 0.5).empty());
  EXPECT_TRUE(contour({1, 1, 1, 1}, 2, 1.0).empty());
}

}  // namespace
}  // namespace gyre::plot
