#include "gyre/analysis/flow.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

constexpr double kPi = std::numbers::pi;

TEST(Flow, OfTheBilinearGameIsACircle) {
  const Game game = parse_game("min x max y: x*y");
  GradientFlow flow(game);
  FlowPath path(flow.forward(), {1.0, 0.5});
  ASSERT_TRUE(path.run_to(kPi / 2.0));  // x' = -y, y' = x: a quarter turn to the left
  EXPECT_NEAR(path.at()[0], -0.5, 1e-10);
  EXPECT_NEAR(path.at()[1], 1.0, 1e-10);
  ASSERT_TRUE(path.run_to(200.0 * kPi));
  EXPECT_NEAR(path.at()[0], 1.0, 1e-7);
}

TEST(Flow, RunsBackward) {
  Game game = parse_game("a = 2; x: a*x^2/2 + x*y; y: y^4/4 - x*y");
  set_parameter(game, "a", 0.5);
  GradientFlow flow(game);
  FlowPath there(flow.forward(), {0.7, -1.1});
  ASSERT_TRUE(there.run_to(3.0));
  FlowPath back(flow.backward(), there.at());
  ASSERT_TRUE(back.run_to(3.0));
  EXPECT_NEAR(back.at()[0], 0.7, 1e-9);
  EXPECT_NEAR(back.at()[1], -1.1, 1e-9);
}

TEST(Flow, ErrorFallsWithTheTolerance) {
  const Game game = parse_game("x: x^2/2");  // x' = -x
  GradientFlow flow(game);
  double before = 1.0;
  for (const double tolerance : {1e-5, 1e-8, 1e-11}) {
    FlowPath path(flow.forward(), {1.0}, tolerance);
    ASSERT_TRUE(path.run_to(1.0));
    const double error = std::abs(path.at()[0] - std::exp(-1.0));
    EXPECT_LT(error, 10.0 * tolerance);
    EXPECT_LT(error, before / 20.0);
    before = error;
  }
}

TEST(Flow, FindsTheTimeOfAnEvent) {
  const Game game = parse_game("min x max y: x*y");
  GradientFlow flow(game);
  FlowPath path(flow.forward(), {1.0, -1.0});  // on a circle, at -45 degrees
  std::optional<double> time;
  while (!time) {
    ASSERT_TRUE(path.step());
    time = path.crossing([](std::span<const double> w) { return w[1]; });
  }
  EXPECT_NEAR(*time, kPi / 4.0, 1e-10);
  EXPECT_NEAR(path.within(*time)[0], std::sqrt(2.0), 1e-10);
}

TEST(Flow, EndsWhereThePathRunsOffInFiniteTime) {
  const Game game = parse_game("x: -x^3/3");  // x' = x^2, from 1 to infinity at time 1
  GradientFlow flow(game);
  FlowPath path(flow.forward(), {1.0});
  EXPECT_FALSE(path.run_to(2.0));
  EXPECT_NEAR(path.time(), 1.0, 1e-6);
}

TEST(Flow, SlopesAreThoseOfTheField) {
  const Game game = parse_game("x: x^3/3 + 2*x*y; y: y^2/2 - 5*x*y");
  GradientFlow flow(game);
  const Eigen::MatrixXd J = flow.slopes(std::vector{3.0, 4.0});
  EXPECT_EQ(J, (Eigen::Matrix2d() << -6, -2, 5, -1).finished());
}

TEST(Flow, SeesCases) {
  EXPECT_FALSE(GradientFlow(parse_game("x: x^2*exp(x)")).has_cases());
  EXPECT_TRUE(GradientFlow(parse_game("x: abs(x)")).has_cases());
}

}  // namespace
}  // namespace gyre
