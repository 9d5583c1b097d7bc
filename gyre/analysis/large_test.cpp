#include "gyre/analysis/large.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "gyre/analysis/sparse_field.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

/// Chains of springs that turn each other: sparse, with 2 n coordinates.
Game chain(int n) {
  std::string text = "min x[" + std::to_string(n) + "] max y[" + std::to_string(n) + "]: ";
  for (int i = 1; i <= n; ++i) {
    const std::string k = std::to_string(i), next = std::to_string(i % n + 1);
    text += (i > 1 ? " + " : "") + std::to_string(0.5 + 0.001 * i) + "*x[" + k + "]^2 - 0.3*y[" +
            k + "]^2 + x[" + k + "]*y[" + k + "] + 0.4*x[" + k + "]*y[" + next + "] - x[" + k +
            "]/4";
  }
  return parse_game(text);
}

TEST(SparseField, HasTheSameSpectrumAsTheDenseJacobian) {
  const Game game = chain(60);
  const std::vector<double> at(game.dim(), 0.1);
  SparseField field(game);
  field.at(at);
  const PointReport dense = classify(game, at);
  for (Eigen::Index i = 0; i < field.value.size(); ++i)
    EXPECT_NEAR(field.value[i], dense.field[static_cast<std::size_t>(i)], 1e-12);
  const Eigen::MatrixXd J(field.jacobian);
  for (Eigen::Index i = 0; i < J.rows(); ++i)
    for (Eigen::Index k = 0; k < J.cols(); ++k)
      EXPECT_NEAR(J(i, k), dense.jacobian[static_cast<std::size_t>(i * J.cols() + k)], 1e-12);
  const SpectrumEnds ends = spectrum_ends(field.jacobian);
  ASSERT_FALSE(ends.leftmost.empty());
  ASSERT_FALSE(ends.rightmost.empty());
  ASSERT_FALSE(ends.largest.empty());
  double most = 0.0;
  for (const auto& e : dense.eigenvalues) most = std::max(most, std::abs(e));
  EXPECT_NEAR(ends.leftmost[0].real(), dense.eigenvalues.front().real(), 1e-7);
  EXPECT_NEAR(ends.rightmost[0].real(), dense.eigenvalues.back().real(), 1e-7);
  EXPECT_NEAR(std::abs(ends.largest[0]), most, 1e-7);
}

TEST(Large, PointsAreFoundAndClassified) {
  const Game game = chain(200);
  ASSERT_TRUE(is_large(game));
  const SearchResult s = search_large(game, {});
  ASSERT_EQ(s.points.size(), 1u);
  EXPECT_LE(s.points[0].residual, 1e-12);
  const PointReport report = classify_large(game, s.points[0].at);
  EXPECT_EQ(report.kind, PointClass::kNash);
  EXPECT_EQ(report.flow, Flow::kAttracting);
  EXPECT_NEAR(report.curvatures[0][0], 2 * 0.501, 1e-8);
  EXPECT_NEAR(report.curvatures[1][0], 0.6, 1e-8);
}

TEST(Large, GamesOfPureRotationAreCentres) {
  const Game game = parse_game("min x[100] max y[100]: dot(x, y)");
  const std::vector<double> zero(game.dim(), 0.0);
  const PointReport report = classify_large(game, zero);
  EXPECT_EQ(report.kind, PointClass::kDegenerateNash);
  EXPECT_EQ(report.flow, Flow::kCentre);
}

TEST(Large, GamesWithADomainAreRefused) {
  EXPECT_THROW(search_large(parse_game("min x[100] in [0, 1] max y[100]: dot(x, y)"), {}), Error);
}

}  // namespace
}  // namespace gyre
