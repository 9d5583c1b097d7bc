#include "gyre/analysis/cycles.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numbers>

#include "gyre/analysis/predict.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

constexpr double kPi = std::numbers::pi;

Cycles cycles_of(const Game& game, std::vector<std::array<double, 2>> box = {}) {
  if (box.empty()) box = game.view;
  return find_cycles(game, box, reference_points(game, {}));
}

void expect_radii(const Cycle& cycle, CycleKind kind, double nearest, double farthest,
                  double tolerance) {
  EXPECT_EQ(cycle.kind, kind);
  EXPECT_NEAR(cycle.nearest, nearest, tolerance);
  EXPECT_NEAR(cycle.farthest, farthest, tolerance);
  EXPECT_LT(cycle.residual, 1e-8);
  ASSERT_EQ(cycle.multipliers.size(), 1u);
  EXPECT_EQ(kind == CycleKind::kAttracting, cycle.multipliers[0].real() < 1.0);
}

// The published figures, to the digits in which they are given.
TEST(Cycles, OfForsakenAreAFenceAndATrap) {
  const Cycles found = cycles_of(load_game("forsaken"));
  ASSERT_EQ(found.cycles.size(), 2u);
  expect_radii(found.cycles[0], CycleKind::kRepelling, 0.121, 0.299, 6e-4);
  EXPECT_EQ(found.cycles[1].kind, CycleKind::kAttracting);
  EXPECT_NEAR(found.cycles[1].extent[0][0], -1.332, 6e-4);
  EXPECT_NEAR(found.cycles[1].extent[0][1], 1.465, 6e-4);
  EXPECT_NEAR(found.cycles[1].extent[1][0], -1.318, 6e-4);
  EXPECT_NEAR(found.cycles[1].extent[1][1], 1.446, 6e-4);
  EXPECT_NEAR(found.cycles[1].period, 7.55, 6e-3);
  EXPECT_TRUE(found.centres.empty());
}

TEST(Cycles, OfGlobalForsakenBothSurroundTheEquilibrium) {
  const Cycles found = cycles_of(load_game("global-forsaken"));
  ASSERT_EQ(found.cycles.size(), 2u);
  expect_radii(found.cycles[0], CycleKind::kRepelling, 1.016, 1.073, 6e-4);
  expect_radii(found.cycles[1], CycleKind::kAttracting, 1.292, 1.329, 6e-4);
  EXPECT_NEAR(found.cycles[1].period, 6.38, 6e-3);
}

TEST(Cycles, OfThePolarGameAreExactCircles) {
  const Cycles found = cycles_of(load_game("polar-game"));
  ASSERT_EQ(found.cycles.size(), 2u);
  expect_radii(found.cycles[0], CycleKind::kRepelling, 0.75, 0.75, 1e-9);
  expect_radii(found.cycles[1], CycleKind::kAttracting, 1.0, 1.0, 1e-9);
  // dr/dt = -(a/16) r (r^2-1) (16r^2-9), whose slope at r = 1 is -7a/8, at 3/4 it is 63a/128.
  EXPECT_NEAR(found.cycles[1].multipliers[0].real(), std::exp(-2 * kPi * 7.0 / 24.0), 1e-8);
  EXPECT_NEAR(found.cycles[0].multipliers[0].real(), std::exp(2 * kPi * 63.0 / 384.0), 1e-8);
  for (const Cycle& cycle : found.cycles) EXPECT_NEAR(cycle.period, 2 * kPi, 1e-9);
}

TEST(Cycles, OfGamesWhereNothingElseAttracts) {
  struct Fact {
    const char* game;
    double nearest, farthest, period, tolerance;
  };
  for (const Fact& fact : {Fact{"almost-bilinear", 1.1426, 1.1676, 2 * kPi, 6e-5},
                           Fact{"almost-bilinear(epsilon=0.01)", 1.1535, 1.1560, 2 * kPi, 6e-5},
                           Fact{"letcher-zs", 1.0695, 1.2483, 6.851, 6e-5},
                           Fact{"letcher-market", 1.278, 1.557, 13.58, 6e-4},
                           Fact{"grimmer", 2.293, 2.945, 0.952, 6e-4}}) {
    SCOPED_TRACE(fact.game);
    const Cycles found = cycles_of(load_game(fact.game));
    ASSERT_EQ(found.cycles.size(), 1u);
    expect_radii(found.cycles[0], CycleKind::kAttracting, fact.nearest, fact.farthest,
                 fact.tolerance);
    EXPECT_NEAR(found.cycles[0].period, fact.period, 6e-3);
  }
}

TEST(Cycles, AreNotClaimedWhereEveryOrbitIsClosed) {
  const Cycles xy = cycles_of(load_game("xy"));
  EXPECT_TRUE(xy.cycles.empty());
  ASSERT_EQ(xy.centres.size(), 1u);
  EXPECT_TRUE(xy.centres[0].to_the_edge);
  EXPECT_NEAR(xy.centres[0].periods[0], 2 * kPi, 1e-6);
  EXPECT_NEAR(xy.centres[0].periods[1], 2 * kPi, 1e-9);
  const Cycles gan = cycles_of(load_game("dirac-gan"));
  EXPECT_TRUE(gan.cycles.empty());
  ASSERT_EQ(gan.centres.size(), 1u);
  EXPECT_NEAR(gan.centres[0].periods[0], 4 * kPi, 1e-3);  // eigenvalues +- i/2
  EXPECT_GT(gan.centres[0].periods[1], gan.centres[0].periods[0] + 0.1);
}

TEST(Cycles, AreNotMadeOfRoundingWhereAPointAttractsWeakly) {
  EXPECT_TRUE(cycles_of(load_game("dirac-nsgan")).cycles.empty());  // gaps fall with r^3
  const Game mixed = load_game("quad-mix");  // linear: paths come to rest, slowly
  const std::vector<std::array<double, 2>> box(mixed.dim(), {-2, 2});
  EXPECT_TRUE(find_cycles(mixed, box, {}).cycles.empty());
}

TEST(Cycles, MayAttractFromOneSideOnly) {
  // r' = -r (r^2-1)^2, one turn in 2 pi.
  const Game game = parse_game("x: (u-1)^3/6 - x*y; y: (u-1)^3/6 + x*y; u = x^2 + y^2");
  const Cycles found = cycles_of(game, {{-1.7, 2}, {-2, 2}});
  ASSERT_EQ(found.cycles.size(), 1u);
  EXPECT_EQ(found.cycles[0].kind, CycleKind::kSemiStable);
  EXPECT_NEAR(found.cycles[0].nearest, 1.0, 1e-4);
}

TEST(Cycles, ThatAreCloseTogetherAreToldApart) {
  // r' = -r (r-1)(r-1.001) in effect: both in one gap between starts.
  const Game game = parse_game(
      "x: u^3/6 - (1 + b)*u^2/4 + b*u/2 - x*y; y: u^3/6 - (1 + b)*u^2/4 + b*u/2 + x*y;"
      "u = x^2 + y^2; b = 1.002");
  const Cycles found = cycles_of(game, {{-1.7, 2}, {-2, 2}});
  ASSERT_EQ(found.cycles.size(), 2u);
  EXPECT_EQ(found.cycles[0].kind, CycleKind::kRepelling);
  EXPECT_NEAR(found.cycles[0].nearest, 1.0, 1e-6);
  EXPECT_EQ(found.cycles[1].kind, CycleKind::kAttracting);
  EXPECT_NEAR(found.cycles[1].nearest, std::sqrt(1.002), 1e-6);
}

TEST(Cycles, BeyondThePlaneAttractForwardOrBackward) {
  const char* formula =
      "x: s*(u-1)^2/4 - x*y; y: s*(u-1)^2/4 + x*y; z: s*z^2/2 - z*x;"
      "u = x^2 + y^2; s = 1";
  const std::vector<std::array<double, 2>> box{{-2, 2}, {-2, 2}, {-2, 2}};
  for (const double s : {1.0, -1.0}) {
    Game game = parse_game(formula);
    set_parameter(game, "s", s);
    const Cycles found = find_cycles(game, box, {});
    ASSERT_EQ(found.cycles.size(), 1u);
    const Cycle& cycle = found.cycles[0];
    EXPECT_EQ(cycle.kind, s > 0 ? CycleKind::kAttracting : CycleKind::kRepelling);
    EXPECT_NEAR(cycle.period, 2 * kPi, 1e-8);
    EXPECT_NEAR(cycle.extent[0][1], 1.0, 1e-8);
    ASSERT_EQ(cycle.multipliers.size(), 2u);
    const double slow = std::exp(-2 * kPi), fast = std::exp(-4 * kPi);
    if (s > 0) {
      EXPECT_NEAR(cycle.multipliers[0].real() / slow, 1.0, 1e-4);
    } else {
      EXPECT_NEAR(cycle.multipliers[0].real() * fast, 1.0, 1e-4);
    }
  }
}

TEST(Cycles, ClosedOrbitsBeyondThePlaneAreNotListed) {
  const Game game = parse_game("min x[2] max y[2]: x[1]*y[1] + x[2]*y[2]");
  const Cycles found = find_cycles(game, std::vector<std::array<double, 2>>(4, {-2, 2}),
                                   std::vector<std::vector<double>>{});
  EXPECT_TRUE(found.cycles.empty());
  EXPECT_NE(found.confidence.find("closed neighbours"), std::string::npos);
}

TEST(Cycles, WhatIsNotLookedForIsSaid) {
  const auto said = [](const char* game, const char* words) {
    const Game g = load_game(game);
    std::vector<std::array<double, 2>> box = g.view;
    if (box.empty()) box.assign(g.dim(), {-1, 1});
    const Cycles found = find_cycles(g, box, reference_points(g, {}));
    EXPECT_NE(found.confidence.find(words), std::string::npos) << game << found.confidence;
  };
  said("mp", "simplices");
  said("forsaken", "walls");
  said("min x max y: abs(x) + x*y - y^2", "jumps");
  said("ftr-g1", "critical point");
}

TEST(Cycles, StopSoonWhenNobodyWaits) {
  const std::atomic<bool> cancel = true;
  const Game plane = load_game("forsaken");
  const Game space =
      parse_game("x: (u-1)^2/4 - x*y; y: (u-1)^2/4 + x*y; z: z^2/2 - z*x; u = x^2 + y^2");
  const std::vector<std::array<double, 2>> box(3, {-2.0, 2.0});
  EXPECT_FALSE(find_cycles(plane, plane.view, reference_points(plane, {})).cycles.empty());
  EXPECT_TRUE(find_cycles(plane, plane.view, reference_points(plane, {}), &cancel).cycles.empty());
  EXPECT_FALSE(find_cycles(space, box, {}).cycles.empty());
  EXPECT_TRUE(find_cycles(space, box, {}, &cancel).cycles.empty());
}

}  // namespace
}  // namespace gyre
