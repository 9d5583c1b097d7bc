#include "gyre/analysis/gap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

Gap gap_of(const char* game, std::vector<double> at) { return duality_gap(load_game(game), at); }

TEST(Gap, OfMatrixGamesIsTheBestColumnLessTheBestRow) {
  const std::vector<double> x{0.1, 0.2, 0.7}, y{0.5, 0.3, 0.2};
  const double A[3][3] = {{0, 1, -1}, {-1, 0, 2}, {1, -3, 0}};
  double best_row = HUGE_VAL, best_column = -HUGE_VAL;
  for (int i = 0; i < 3; ++i) {
    double row = 0.0, column = 0.0;
    for (int k = 0; k < 3; ++k) row += A[i][k] * y[k], column += A[k][i] * x[k];
    best_row = std::min(best_row, row), best_column = std::max(best_column, column);
  }
  const Gap gap = gap_of(
      "min x[3] in simplex max y[3] in simplex: x[1]*(y[2]-y[3]) + x[2]*(2*y[3]-y[1]) + "
      "x[3]*(y[1]-3*y[2])",
      {0.1, 0.2, 0.7, 0.5, 0.3, 0.2});
  EXPECT_TRUE(gap.exact);
  EXPECT_NEAR(gap.value, best_column - best_row, 1e-14);
  EXPECT_NEAR(gap_of("mp", {0.5, 0.5, 0.5, 0.5}).value, 0.0, 1e-15);
  EXPECT_NEAR(gap_of("min x[2] in simplex(2) max y: x[1] + 3*x[2] - y^2", {1, 1, 0}).value, 2.0,
              1e-15);
}

TEST(Gap, OfBilinearGamesIsFiniteInsideWalls) {
  const Gap box = gap_of("min x in [-1, 2] max y in [-3, 1]: x*y", {0.5, -0.5});
  EXPECT_NEAR(box.value, 0.5 * 1 + 2 * 0.5, 1e-15);  // max over y of y/2, less min over x of -x/2
  EXPECT_TRUE(box.exact);
  const Gap ball =
      gap_of("min x[2] in ball(2) max y[2] in ball(1): 3*(x[1]*y[1] + x[2]*y[2])", {1, 0, 0, 0.5});
  EXPECT_NEAR(ball.value, 3 * 1 + 3 * 2 * 0.5, 1e-14);
  const Gap free = gap_of("xy", {0.5, 0.0});
  EXPECT_TRUE(std::isinf(free.value));
  EXPECT_EQ(free.gains[0], 0.0);
  EXPECT_NE(free.about.find("y could gain"), std::string::npos);
  EXPECT_EQ(gap_of("xy", {0, 0}).value, 0.0);
}

TEST(Gap, OfQuadraticGamesIsExact) {
  // max over y: x^2/2 + x^2/2; min over x: -y^2/2 - y^2/2.
  const Gap gap = gap_of("min x max y: x^2/2 + x*y - y^2/2", {0.6, -0.4});
  EXPECT_TRUE(gap.exact);
  EXPECT_NEAR(gap.value, 0.36 + 0.16, 1e-15);
  const Gap vectors =
      gap_of("min x[2] max y[2]: dot(x,x)/2 + dot(x,y) - dot(y,y)/2 - y[1]*y[2]/2", {0.6, 0, 0, 0});
  EXPECT_NEAR(vectors.gains[0], 0.18, 1e-15);
  // max over y of .6 y1 - (y1^2 + y1 y2 + y2^2)/2 = .36/2 * (inverse)_11, which is 4/3.
  EXPECT_NEAR(vectors.gains[1], 0.24, 1e-14);
  EXPECT_TRUE(std::isinf(gap_of("ftr-g1", {0, 0}).value));  // x minimises -3x^2
}

TEST(Gap, CountsEveryPlayersGain) {
  // Cournot, a = 10, b = c = 1: at q = (1, 2, 3) firm i's best reply is (9 - others)/2.
  const Gap gap = gap_of("cournot", {1, 2, 3});
  ASSERT_EQ(gap.gains.size(), 3u);
  EXPECT_NEAR(gap.gains[0], std::pow(1 - 2.0, 2), 1e-12);
  EXPECT_NEAR(gap.gains[1], std::pow(2 - 2.5, 2), 1e-12);
  EXPECT_NEAR(gap.gains[2], std::pow(3 - 3.0, 2), 1e-12);
  EXPECT_NEAR(gap_of("cournot", {2.25, 2.25, 2.25}).value, 0.0, 1e-12);
}

TEST(Gap, OfForsakenShowsThatItsPointIsNoEquilibrium) {
  const Game game = load_game("forsaken");
  const std::vector<double> at = game.points.at(0).at;
  const auto phi = [](double z) { return z * z / 4 - std::pow(z, 4) / 2 + std::pow(z, 6) / 6; };
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (int i = 0; i <= 300000; ++i) {
    const double z = -1.5 + i * 1e-5;
    least = std::min(least, z * (at[1] - 0.45) + phi(z) - phi(at[1]));
    most = std::max(most, at[0] * (z - 0.45) + phi(at[0]) - phi(z));
  }
  const Gap gap = duality_gap(game, at);
  EXPECT_FALSE(gap.exact);
  EXPECT_GT(gap.value, 0.1);
  EXPECT_NEAR(gap.value, most - least, 1e-8);
}

TEST(Gap, OfManyVariablesIsFoundByDescent) {
  // One basin a variable; each deepest at -1.3058... (one root of 4x^3 - 4x + 1).
  const Gap gap = gap_of(
      "min x[3] max y: (x[1]^2-1)^2 + x[1] + (x[2]^2-1)^2 + x[2] + (x[3]^2-1)^2 + x[3] - y^2",
      {1, 1, 1, 0});
  double least = HUGE_VAL;
  for (int i = 0; i <= 400000; ++i) {
    const double z = -2 + i * 1e-5;
    least = std::min(least, std::pow(z * z - 1, 2) + z);
  }
  EXPECT_NEAR(gap.value, 3 * (1 - least), 1e-8);
  const Gap wide = gap_of("min x[2] max y: x[1]^3 + x[2]^2 + exp(x[2]) - y^2", {0, 0, 0});
  EXPECT_TRUE(std::isinf(wide.value));
}

TEST(Gap, KnowsALimitFromAFall) {
  const Gap limit = gap_of("min x max y: softplus(-x) - y^2", {0, 0});  // falls to 0, for ever
  EXPECT_NEAR(limit.value, std::log(2.0), 1e-12);
  // Wherever far out one looks at it, a cosine falls somewhere.
  EXPECT_NEAR(gap_of("x: 3*cos(x + 2); y: cos(y)", {1, 2}).value,
              3 * std::cos(3) + 3 + std::cos(2) + 1, 1e-12);
  EXPECT_TRUE(std::isinf(gap_of("min x max y: -log(1 + x^2) - y^2", {0, 0}).value));
  EXPECT_TRUE(std::isinf(gap_of("min x in [0, inf] max y: -sqrt(x + 1) - y^2", {0, 0}).value));
}

}  // namespace
}  // namespace gyre
