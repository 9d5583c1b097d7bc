#include "gyre/plot/streamlines.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gyre::plot {
namespace {

TEST(Streamlines, OfARotationAreCircles) {
  const auto flow = [](double x, double y) { return std::pair{-y, x}; };
  const Streamlines result = streamlines(flow, {-2, 2, -2, 2});
  ASSERT_GT(result.paths.size(), 8u);
  for (const auto& path : result.paths) {
    const double radius = std::hypot(path.x[0], path.y[0]);
    for (std::size_t i = 0; i < path.x.size(); ++i) {
      EXPECT_NEAR(std::hypot(path.x[i], path.y[i]), radius, 1e-4);
      EXPECT_NEAR(path.value[i], radius, 1e-4) << "the speed is the radius";
    }
  }
}

TEST(Streamlines, RunWithTheFlow) {
  const Streamlines result = streamlines([](double, double) { return std::pair{1.0, 0.0}; }, {});
  for (const auto& path : result.paths) EXPECT_GT(path.x.back(), path.x.front());
}

TEST(Streamlines, KeepApart) {
  const Streamlines result = streamlines(
      [](double x, double y) {
        return std::pair{-y + 0.2 * x, x + 0.2 * y};
      },
      {}, 20.0);
  for (std::size_t a = 0; a < result.paths.size(); ++a)
    for (std::size_t b = a + 1; b < result.paths.size(); ++b)
      for (std::size_t i = 0; i < result.paths[a].x.size(); ++i)
        for (std::size_t j = 0; j < result.paths[b].x.size(); ++j)
          ASSERT_GT(std::hypot(result.paths[a].x[i] - result.paths[b].x[j],
                               result.paths[a].y[i] - result.paths[b].y[j]),
                    0.4 * 2.0 / 20.0);
}

TEST(Streamlines, EndWhereTheFlowIsNotFinite) {
  const auto half = [](double x, double) { return std::pair{x > 0 ? NAN : 1.0, 0.0}; };
  for (const auto& path : streamlines(half, {}).paths)
    for (const double x : path.x) EXPECT_LT(x, 0.1);
  EXPECT_TRUE(streamlines([](double, double) { return std::pair{0.0, 0.0}; }, {}).paths.empty());
  EXPECT_TRUE(streamlines([](double, double) { return std::pair{NAN, NAN}; }, {}).paths.empty());
}

}  // namespace
}  // namespace gyre::plot
