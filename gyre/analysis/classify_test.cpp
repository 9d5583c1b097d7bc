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

}  // namespace
}  // namespace gyre
