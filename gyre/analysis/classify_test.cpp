#include "gyre/analysis/classify.hpp"

#include <gtest/gtest.h>

#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

PointReport at_origin(std::string_view text) {
  const Game game = parse_game(text);
  const std::vector<double> origin(game.dim(), 0.0);
  return classify(game, origin);
}

TEST(Classify, TellsTheClassesApart) {
  const std::pair<const char*, PointClass> cases[] = {
      {"min x max y: x*y", PointClass::kDegenerateNash},
      {"min x max y: x^2 + x*y - y^2", PointClass::kNash},
      {"min x max y: x^2 + x*y", PointClass::kDegenerateNash},
      {"min x max y: -3*x^2 + 4*x*y - y^2", PointClass::kMinimax},
      {"max y min x: -3*x^2 + 4*x*y - y^2", PointClass::kMinimax},
      {"max x min y: 3*x^2 - 4*x*y + y^2", PointClass::kNone},
      {"min x max y: 3*x^2 + 4*x*y + y^2", PointClass::kNone},
      {"min x max y: -x^2 + x*y - y^2", PointClass::kNone},
      {"x: x^2 + x*y; y: y^2 - 3*x*y; z: z^2 + x", PointClass::kNash},
      {"x: x^2; y: x*y", PointClass::kDegenerateNash},
      {"x: -x^2; y: -y^2", PointClass::kNone},
      {"x: x^4; y: y^4", PointClass::kDegenerateNash},
  };
  for (const auto& [text, kind] : cases) EXPECT_EQ(at_origin(text).kind, kind) << text;
}

TEST(Classify, TellsTheFlowsApart) {
  const std::pair<const char*, Flow> cases[] = {
      {"min x max y: x*y", Flow::kCentre},
      {"min x max y: x^2 + 9*x*y - y^2", Flow::kAttracting},
      {"min x max y: -x^2 + 9*x*y + y^2", Flow::kRepelling},
      {"min x max y: x^2 + y^2", Flow::kSaddle},
      {"min x max y: x^2", Flow::kMarginal},
      {"min x max y: -x^2", Flow::kMarginal},
      {"x: 1e-3*x^2; y: 1e-3*y^2", Flow::kAttracting},
  };
  for (const auto& [text, flow] : cases) EXPECT_EQ(at_origin(text).flow, flow) << text;
}

TEST(Classify, ReportsTheNumbersItJudgedBy) {
  const Game game = parse_game("min x max y: a*x^2 + 4*x*y - y^2; a = -3");
  const PointReport report = classify(game, std::vector{1.0, 2.0});
  EXPECT_EQ(report.field, (std::vector{2.0, 0.0}));
  EXPECT_EQ(report.residual, 2.0);
  EXPECT_EQ(report.jacobian, (std::vector{-6.0, 4.0, -4.0, 2.0}));
  EXPECT_EQ(report.curvatures, (std::vector<std::vector<double>>{{-6.0}, {2.0}}));
  ASSERT_EQ(report.schur.size(), 1u);
  EXPECT_NEAR(report.schur[0], 2.0, 1e-15);
  ASSERT_EQ(report.eigenvalues.size(), 2u);
  EXPECT_NEAR(report.eigenvalues[0].real(), -2.0, 1e-7);  // a double one: sensitive
}

TEST(Classify, LooksAlongTheSimplexOnly) {
  const Game game = parse_game(
      "min x[2] in simplex max y[2] in simplex: (x[1] - x[2])*(y[1] - y[2]) + a*sum(x^2); a = 0");
  const PointReport mixed = classify(game, std::vector{0.5, 0.5, 0.5, 0.5});
  EXPECT_EQ(mixed.residual, 0.0);
  EXPECT_EQ(mixed.kind, PointClass::kDegenerateNash);
  EXPECT_EQ(mixed.flow, Flow::kCentre);
  ASSERT_EQ(mixed.eigenvalues.size(), 2u);
  EXPECT_NEAR(mixed.eigenvalues[1].imag(), 2.0, 1e-12);
  EXPECT_GE(classify(game, std::vector{1.0, 0.0, 0.5, 0.5}).residual, 0.5);

  const Game bent = parse_game(
      "min x[2] in simplex max y[2] in simplex: (x[1] - x[2])*(y[1] - y[2]) + sum(x^2) - sum(y^2)");
  const PointReport strict = classify(bent, std::vector{0.5, 0.5, 0.5, 0.5});
  EXPECT_NEAR(strict.residual, 0.0, 1e-15);  // the field is (1, 1, 1, 1): nothing along the simplex
  EXPECT_EQ(strict.kind, PointClass::kNash);
  EXPECT_EQ(strict.flow, Flow::kAttracting);
}

TEST(Classify, TakesPureStrategiesAndWallsForWhatTheyAre) {
  const Game dilemma = parse_game(
      "x[2] in simplex: max x[1]*y[1]*3 + x[2]*(5*y[1] + y[2]);"
      "y[2] in simplex: max y[1]*x[1]*3 + y[2]*(5*x[1] + x[2])");
  const PointReport defect = classify(dilemma, std::vector{0.0, 1.0, 0.0, 1.0});
  EXPECT_EQ(defect.residual, 0.0);
  EXPECT_EQ(defect.kind, PointClass::kNash);
  EXPECT_TRUE(defect.eigenvalues.empty());

  const Game walled = parse_game("min x in [0, 1] max y: x - x^2/4 - y^2");
  const PointReport wall = classify(walled, std::vector{0.0, 0.0});
  EXPECT_EQ(wall.residual, 0.0);
  EXPECT_EQ(wall.kind, PointClass::kNash);  // what is concave in x does not matter at the wall
  EXPECT_EQ(wall.eigenvalues.size(), 1u);
}

TEST(Classify, CountsTheBendOfASphere) {
  // Least of a*x1 + x1^2 - x2^2 on the circle: at (-1, 0) for a > 4, no longer for a < 4.
  for (const double a : {5.0, 3.0}) {
    Game game = parse_game("min x[2] in ball(1) max y: a*x[1] + x[1]^2 - x[2]^2 - y^2; a = 5");
    set_parameter(game, "a", a);
    const PointReport report = classify(game, std::vector{-1.0, 0.0, 0.0});
    EXPECT_NEAR(report.residual, 0.0, 1e-15);
    ASSERT_EQ(report.curvatures[0].size(), 1u);
    EXPECT_NEAR(report.curvatures[0][0], a - 4.0, 1e-12);
    EXPECT_EQ(report.kind == PointClass::kNash, a > 4.0);
  }
}

}  // namespace
}  // namespace gyre
