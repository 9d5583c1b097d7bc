#include "gyre/analysis/matrix_game.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gyre/analysis/predict.hpp"
#include "gyre/core/random.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/games/payoffs.hpp"

namespace gyre {
namespace {

/// What the two mixes could gain together by changing to a best answer.
double gap(const std::vector<std::vector<double>>& A, const std::vector<double>& at) {
  const std::size_t m = A.size(), n = A[0].size();
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (std::size_t i = 0; i < m; ++i) {
    double paid = 0.0;
    for (std::size_t j = 0; j < n; ++j) paid += A[i][j] * at[m + j];
    least = std::min(least, paid);
  }
  for (std::size_t j = 0; j < n; ++j) {
    double paid = 0.0;
    for (std::size_t i = 0; i < m; ++i) paid += A[i][j] * at[i];
    most = std::max(most, paid);
  }
  return most - least;
}

TEST(MatrixGame, LeavesNobodyAnythingToGain) {
  for (std::uint64_t draw = 0; draw < 30; ++draw) {
    Stream random(1, "matrix game", draw);
    const auto m = static_cast<std::size_t>(random.uniform(2.0, 30.0));
    const auto n = static_cast<std::size_t>(random.uniform(2.0, 30.0));
    // Small whole numbers make ties, and ties make a pivot rule go round.
    const bool whole = draw % 2 == 0;
    std::vector A(m, std::vector<double>(n));
    std::string csv;
    for (auto& row : A) {
      for (double& entry : row) {
        entry = random.uniform(-3.0, 3.0);
        if (whole) entry = std::round(entry);
        csv += (&entry == row.data() ? "" : ",") + number(entry);
      }
      csv += "\n";
    }
    const Game game = parse_payoffs(csv, "random.csv");
    const auto at = matrix_equilibrium(game);
    ASSERT_TRUE(at) << draw;
    EXPECT_TRUE(is_inside(game, *at, 1e-12)) << draw;
    EXPECT_LE(gap(A, *at), 1e-10) << draw;
    // And so a game that states no points has one.
    const auto points = reference_points(game, {});
    ASSERT_FALSE(points.empty()) << draw << "\n" << csv;
    EXPECT_LE(gap(A, points[0]), 1e-10) << draw;
  }
}

TEST(MatrixGame, MayBeAsLargeAsATableMay) {
  Stream random(1, "large matrix game", 0);
  std::vector A(kMostStrategies / 2, std::vector<double>(kMostStrategies / 2));
  std::string csv;
  for (auto& row : A) {
    for (double& entry : row) {
      entry = random.uniform(-3.0, 3.0);
      csv += (&entry == row.data() ? "" : ",") + number(entry);
    }
    csv += "\n";
  }
  const auto points = reference_points(parse_payoffs(csv, "large.csv"), {});
  ASSERT_EQ(points.size(), 1u);
  EXPECT_LE(gap(A, points[0]), 1e-10);
}

TEST(MatrixGame, CountsSizesAndWhatIsPaidForOneShareAlone) {
  const Game game = parse_game(
      "max y[2] in simplex(3) min x[2] in simplex(1/2): x[1]*y[1] + 2*x[2]*y[2] + x[1] - y[2]/4");
  const auto at = matrix_equilibrium(game);
  ASSERT_TRUE(at);
  const auto points = find_critical_points(game, std::vector<std::vector<double>>{*at});
  ASSERT_EQ(points.size(), 1u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(points[0][i], (*at)[i], 1e-12);
}

TEST(MatrixGame, IsNothingElse) {
  for (const char* text : {"min x max y: x*y", "min x[2] in simplex max y: x[1]*y",
                           "min x[2] in simplex max y[2] in simplex: x[1]^2*y[1]",
                           "min x[2] in simplex max y[2] in simplex: x[1]*y[1]*y[2]",
                           "min x[2] in simplex max y[2] in simplex: x[1]*y[1] + exp(x[2])",
                           "x[2] in simplex: x[1]*y[1]; y[2] in simplex: x[1]*y[1]",
                           "min x[2] in simplex, z max y[2] in simplex: x[1]*y[1] + z*y[1]"})
    EXPECT_FALSE(matrix_equilibrium(parse_game(text))) << text;
}

}  // namespace
}  // namespace gyre
