// What the catalogue's games say in words, where it can be counted: eigenvalues, the step sizes and
// speeds that just suffice, where a flow or a rule ends. Cycles are in cycles_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/flow.hpp"
#include "gyre/analysis/step_sizes.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/program/traced_run_test.hpp"

namespace gyre {
namespace {

using Complex = std::complex<double>;
using Numbers = std::vector<double>;

struct Eigenvalues {
  const char* game;  ///< with parameters, where they are not the defaults
  std::vector<Complex> stated;
  std::size_t point = 0;
};

std::vector<Eigenvalues> stated_eigenvalues() {
  const auto pair = [](double real, double imaginary) {
    return std::vector<Complex>{{real, -imaginary}, {real, imaginary}};
  };
  const double root2 = std::sqrt(2.0);
  return {
      {"xy", pair(0, 1)},
      {"weak-attractor", pair(1, 10)},
      {"weak-repeller", pair(-0.1, 1)},
      {"neg-curv-quad", pair(0, std::sqrt(21.0))},
      {"cournot", {1, 1, 4}},
      {"cournot(b=2)", {2, 2, 8}},
      {"sga-4player",
       {{0.01, -1 - root2}, {0.01, 1 - root2}, {0.01, root2 - 1}, {0.01, 1 + root2}}},
      {"global-forsaken", pair(2.0 / 3.0, 1)},
      {"polar-game", pair(3.0 / 16.0, 1)},
      {"almost-bilinear(epsilon=0.5)", pair(-0.25, std::sqrt(1.0 - 0.0625))},
      {"ftr-g1", {-2, -2}},
      {"ftr-g2", {2, 2}},
      {"ftr-g3", {-4, -4}},
      {"kl-nc", {2, 28}},
      {"letcher-zs", pair(-1, 1)},
      {"letcher-market", pair(-1, 1)},
      {"impossibility-min", pair(1, 1)},
      {"jin-nolocal", pair(-1, std::sqrt(3.0))},
      {"betty-sue", {0, 2}},
      {"tandem", {0, 4}},
      {"mp", pair(0, 2)},
      {"mp-sigmoid", pair(0, 0.25)},
      {"dirac-gan", pair(0, 0.5)},
      {"dirac-nsgan", pair(0, 0.5)},
      {"dirac-wgan", pair(0, 1)},
      {"dirac-r1", pair(0.15, std::sqrt(0.25 - 0.15 * 0.15))},
      {"dirac-r1(gamma=1)", {0.5, 0.5}},
      {"dirac-r2(gamma=1.25)", {0.25, 1}},
      {"dirac-instnoise(s=1)", pair(0.25, std::sqrt(0.25 - 0.0625))},
      {"grimmer(A=100)", pair(-20, 100)},
  };
}

TEST(Claims, EigenvaluesAreThoseStated) {
  for (const Eigenvalues& claim : stated_eigenvalues()) {
    const Game game = load_game(claim.game);
    std::vector<Complex> left = claim.stated;
    for (const Complex& e : classify(game, game.points.at(claim.point).at).eigenvalues) {
      ASSERT_FALSE(left.empty()) << claim.game;
      const auto nearest = std::ranges::min_element(
          left, {}, [&](const Complex& other) { return std::abs(e - other); });
      // Where two meet, half of the digits are lost.
      EXPECT_LE(std::abs(e - *nearest), 2e-7) << claim.game << " " << e << " " << *nearest;
      left.erase(nearest);
    }
    EXPECT_TRUE(left.empty()) << claim.game;
  }
}

TEST(Claims, GainsOfTheRiccatiEquationHaveNineDigits) {
  const Game game = load_game("zero-lq");
  const Numbers at = game.points[0].at;
  EXPECT_NEAR(at[0], 0.761719097, 5e-10);
  EXPECT_NEAR(at[1], 0.076171910, 5e-10);
  EXPECT_NEAR(*game.points[0].value, 1.837891007, 5e-10);
  const PointReport report = classify(game, at);
  EXPECT_NEAR(report.curvatures[0][0], 6.853, 5e-4);
  EXPECT_NEAR(report.curvatures[1][0], 19.71, 5e-3);
}

StepSizes sizes(const char* name, const char* rule) {
  const Game game = load_game(name);
  const auto found = step_sizes(trace(game, parse_pipe(rule)), game.points[0].at);
  return found ? *found : StepSizes{};
}

TEST(Claims, StepsMayBeJustSoLong) {
  EXPECT_NEAR(sizes("weak-attractor", "gda").eta_limit, 2.0 / 101.0, 1e-9);
  EXPECT_NEAR(sizes("cournot", "gda").eta_limit, 0.5, 1e-9);
  EXPECT_NEAR(sizes("cournot(b=2)", "gda").eta_limit, 0.25, 1e-9);
  EXPECT_NEAR(sizes("sga-4player", "gda").eta_limit, 0.0034, 5e-5);
  EXPECT_NEAR(sizes("sga-4player", "sga").eta_limit, 0.293, 5e-4);
  // Without curvature the limit of optimism would be that of the fastest rotation alone.
  const double rotation = 1.0 / (std::sqrt(3.0) * (1.0 + std::sqrt(2.0)));
  EXPECT_NEAR(sizes("sga-4player(epsilon=0.001)", "ogda").eta_limit, rotation, 1e-4);
  EXPECT_NEAR(sizes("sga-4player", "ogda").eta_limit, 0.2397, 5e-5);
  // The proximal point method at a repelling point: from there on it is held.
  EXPECT_NEAR(sizes("grimmer(A=100)", "proximal(newton=20)").eta_from, 40.0 / 10400.0, 1e-8);
}

TEST(Claims, TheMaximiserMustBeJustSoFast) {
  const auto settles = [](const char* game, double speed) {
    const std::string rule = "scale(y=" + std::to_string(speed) + ") | gda(0.0001)";
    return sizes(game, rule.c_str()).radius < 1.0;
  };
  const std::pair<const char*, double> claims[] = {
      {"neg-curv-quad", 1.0}, {"ftr-g1", 3.0}, {"ftr-g3", 5.0}};
  for (const auto& [game, speed] : claims) {
    EXPECT_FALSE(settles(game, speed * 0.98)) << game;
    EXPECT_TRUE(settles(game, speed * 1.02)) << game;
  }
}

TEST(Claims, RulesThatChangeTheFieldMayEndWhereOthersLeave) {
  EXPECT_LT(sizes("weak-repeller", "sga(lambda=0.12) | gda(0.001)").radius, 1.0);
  EXPECT_GT(sizes("weak-repeller", "sga(lambda=0.08) | gda(0.001)").radius, 1.0);
  // Consensus optimisation on the Dirac-GAN: eigenvalues gamma/4 +- i/2.
  EXPECT_NEAR(sizes("dirac-gan", "conopt(gamma=0.6) | gda(0.2)").radius,
              std::hypot(1.0 - 0.2 * 0.15, 0.2 * 0.5), 1e-12);
  EXPECT_LT(sizes("cgd-quad", "conopt | gda(0.01)").radius, 1.0);
  EXPECT_LT(sizes("ftr-g1", "follow-ridge | gda(0.01)").radius, 1.0);
  EXPECT_GT(sizes("ftr-g2", "follow-ridge | gda(0.01)").radius, 1.0);
}

Numbers end_of(const char* game, const char* rule, const Numbers& start, int steps = 5000) {
  testing::TracedRun run(load_game(game), rule, start);
  run.step(steps);
  return run.at();
}

TEST(Claims, OrderOfPlayMatters) {
  const Numbers leads = end_of("stackelberg-duopoly", "stackelberg(lambda=0) | gda", {1, 5});
  EXPECT_NEAR(leads[0], 4.5, 1e-9);
  EXPECT_NEAR(leads[1], 2.25, 1e-9);
}

TEST(Claims, ALeaderLosesLess) {
  const Game game = load_game("bimatrix-fiez");
  const auto loss = [&](const Numbers& at) {
    std::vector<std::pair<Expr, double>> here;
    for (const Parameter& p : game.parameters) here.emplace_back(p.symbol, p.value);
    for (std::size_t i = 0; i < 2; ++i) here.emplace_back(game.coordinates[i].symbol, at[i]);
    return evaluate<double>(game.players[0].loss, here);
  };
  EXPECT_NEAR(loss(game.points[0].at), 0.50199, 5e-6);
  const Numbers leads = end_of("bimatrix-fiez", "stackelberg(lambda=0) | gda(0.003)", {0.2, 0.1});
  EXPECT_LT(loss(leads), 0.5001);
  EXPECT_LE(classify(load_game("bimatrix-fiez(b=0)"), Numbers{0, 0}).residual, 1e-15);
}

TEST(Claims, LolaGrowsArrogantOnTheTandem) {
  for (const double alpha : {0.1, 0.05}) {
    const std::string rule = "lola(alpha=" + std::to_string(alpha) + ") | gda";
    const Numbers at = end_of("tandem", rule.c_str(), {0.5, -0.3});
    const double sum = at[0] + at[1];
    EXPECT_NEAR(sum, (1.0 - 2.0 * alpha) / (1.0 - 4.0 * alpha), 1e-9);
    if (alpha == 0.1) {
      EXPECT_NEAR(sum * sum - sum, 4.0 / 9.0, 1e-8);  // the mean loss
    }
  }
  const Numbers safe = end_of("tandem", "la(alpha=0.1) | gda", {0.5, -0.3});
  EXPECT_NEAR(safe[0] + safe[1], 1.0, 1e-9);
}

TEST(Claims, WhereTheFlowEndsDependsOnTheStart) {
  const Game game = load_game("adolphs");
  const double root2 = std::sqrt(2.0);
  const std::pair<Numbers, Numbers> claims[] = {{{-3, -1}, {0, 0}},
                                                {{1, 1}, {-2 - root2, 2 + root2}},
                                                {{-2, 2}, {-2 - root2, 2 + root2}},
                                                {{2, -2}, {-2 - root2, 2 + root2}}};
  GradientFlow flow(game);
  for (const auto& [start, end] : claims) {
    FlowPath path(flow.forward(), start);
    ASSERT_TRUE(path.run_to(60.0));
    for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(path.at()[i], end[i], 1e-6);
  }
}

/// The most that the maximiser can make of what the first player does.
double worst_case(const Game& game, double x) {
  double most = -HUGE_VAL;
  const Coordinate& y = game.coordinates[1];
  constexpr int kParts = 4000;
  for (int i = 0; i <= kParts; ++i) {
    const double at = y.low + (y.high - y.low) * i / kParts;
    const std::pair<Expr, double> here[] = {{game.coordinates[0].symbol, x}, {y.symbol, at}};
    most = std::max(most, evaluate<double>(game.payoff, here));
  }
  return most;
}

TEST(Claims, GlobalAndLocalAnswersDiffer) {
  const Game cos = load_game("jin-cos"), none = load_game("jin-nolocal");
  EXPECT_NEAR(worst_case(cos, 0.0), 1.0, 1e-9);
  EXPECT_NEAR(worst_case(cos, 0.1), 1.063, 5e-4);
  EXPECT_NEAR(worst_case(cos, -0.1), 1.063, 5e-4);
  const double pi = std::acos(-1.0);
  EXPECT_NEAR(classify(cos, Numbers{0.0, pi}).field[0], 0.2 * pi, 1e-12);
  for (const double x : {-0.7, 0.0, 0.3})
    EXPECT_NEAR(worst_case(none, x), 1.0 + 2.0 * std::abs(x), 1e-12);
}

}  // namespace
}  // namespace gyre
