#include "gyre/analysis/predict.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/analysis/update_map.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

double radius(const char* game, const char* rule) {
  const Game g = parse_game(game);
  const auto s = predict(trace(g, parse_pipe(rule)), std::vector<double>(g.dim(), 0.0));
  return s ? s->radius : -1.0;
}

// Radius factors a step on f = x*y, in closed form.
TEST(Predict, KnowsTheClosedFormsOfTheBilinearGame) {
  const char* xy = "min x max y: x*y";
  EXPECT_NEAR(radius(xy, "gda"), 1.0049875621, 1e-9);
  EXPECT_NEAR(radius(xy, "alt-gda"), 1.0, 1e-9);
  EXPECT_NEAR(radius(xy, "eg"), 0.9950376877, 1e-9);
  EXPECT_NEAR(radius(xy, "ogda"), 0.9949361530, 1e-9);
  EXPECT_NEAR(radius(xy, "ogda(0.5)"), 0.7071067812, 1e-7);  // a double root
  EXPECT_NEAR(radius(xy, "hgd"), 0.9, 1e-9);
  EXPECT_NEAR(radius(xy, "conopt"), 0.9055385138, 1e-9);
  EXPECT_NEAR(radius(xy, "sga"), 0.9055385138, 1e-9);
  EXPECT_NEAR(radius(xy, "heavy-ball"), 1.0007430334, 1e-9);
  EXPECT_NEAR(radius(xy, "negative-momentum"), 0.9985177891, 1e-9);
  EXPECT_NEAR(radius(xy, "gda | lookahead"), 0.9813269142, 1e-9);
  EXPECT_NEAR(radius(xy, "alt-gda | lookahead"), 0.9688866162, 1e-9);
}

TEST(Predict, IsSilentWhereTheMapHasNoSlopeOrNoFixedMemory) {
  EXPECT_EQ(radius("min x max y: x*y", "adam"), -1.0);
  EXPECT_EQ(radius("min x max y: x*y", "rmsprop"), -1.0);
  EXPECT_EQ(radius("min x max y: x*y", "alt-gda | average"), -1.0);
}

TEST(Predict, IsSilentAtASwitch) {
  // The sign of the alignment is a tie at the point; beside it, runs grow as the flow does.
  const char* top = "min x max y: -(x^2 - y^2)";
  EXPECT_EQ(radius(top, "aligned-conopt"), -1.0);
  EXPECT_NEAR(radius(top, "gda"), 1.2, 1e-12);
  // At a stable point of the same kind the tie is not one: all around, both signs are +.
  EXPECT_NEAR(radius("min x max y: x^2 - y^2", "aligned-conopt"), 0.4, 1e-12);
  EXPECT_NEAR(radius("min x max y: x*y", "aligned-conopt"), 0.9055385138, 1e-9);
  EXPECT_EQ(radius("min x max y: sin(x)*y + x^3 - y^3", "aligned-conopt"), -1.0);
  // A wall is no switch: what counts is the side where one can be.
  EXPECT_NEAR(radius("min x in [0, 1] max y: -x^2 - y^2", "gda"), 1.2, 1e-12);
  // Curvature, however strong, is no switch.
  EXPECT_NEAR(radius("min x max y: x^2/2 - y^2/2 + 1e4*x^3", "gda"), 0.9, 1e-12);
  EXPECT_NEAR(radius("min x max y: x^2/2 - y^2/2 + abs(x)^2.5", "gda"), 0.9, 1e-6);
}

TEST(Predict, IsSilentWhereTheStepDependsOnWhatARunHasSeen) {
  const Game game = parse_game("min x max y: x*y");
  for (const char* rule : {"optda", "adaprox"}) {
    const Traced traced = trace(game, parse_pipe(rule));
    UpdateMap map(traced);
    EXPECT_FALSE(map.spectrum(std::vector<double>(2, 0.0), knob_values(traced))) << rule;
    EXPECT_EQ(map.why(), "its step depends on what it has seen") << rule;
  }
}

TEST(Predict, KnowsHowWeightsVanishAtAPureEquilibrium) {
  // The worse strategy costs 1 more for x and 2 more for y.
  const Game g = parse_game("min x[2] in simplex max y[2] in simplex: 2*x[1] + x[2] + 2*y[2]");
  const std::vector<double> at{0.0, 1.0, 0.0, 1.0};
  for (const char* rule : {"mwu(0.1)", "alt-mwu(0.1)", "omwu(0.1)", "mirror-prox(0.1)"}) {
    const auto s = predict(trace(g, parse_pipe(rule)), at);
    ASSERT_TRUE(s) << rule;
    EXPECT_NEAR(s->radius, std::exp(-0.1), 1e-12) << rule;
  }
}

TEST(CriticalPoints, AreFoundFromNearbyAndOnce) {
  const Game g = parse_game("min x max y: (x-1)^2/2 + x*y - (y+2)^2/2");
  const auto found = find_critical_points(g, std::vector<std::vector<double>>{{0, 0}, {9, 9}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NEAR(found[0][0], 1.5, 1e-12);  // x - 1 + y = 0 and x - y - 2 = 0
  EXPECT_NEAR(found[0][1], -0.5, 1e-12);
}

TEST(CriticalPoints, OutsideTheDomainAreLeftOut) {
  const Game g = parse_game("min x in [2, 3] max y: x*y");
  EXPECT_TRUE(find_critical_points(g, std::vector<std::vector<double>>{{2.5, 0}}).empty());
}

}  // namespace
}  // namespace gyre
