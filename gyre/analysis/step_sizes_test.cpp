#include "gyre/analysis/step_sizes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>

#include "gyre/analysis/predict.hpp"
#include "gyre/games/catalogue.hpp"

namespace gyre {
namespace {

StepSizes sizes(const char* game, const char* rule, std::vector<double> at = {0.0, 0.0}) {
  const auto found = step_sizes(trace(load_game(game), parse_pipe(rule)), at);
  EXPECT_TRUE(found.has_value()) << game << " " << rule;
  return found.value_or(StepSizes{});
}

std::string why(const char* game, const char* rule, std::vector<double> at = {0.0, 0.0}) {
  std::string why;
  EXPECT_FALSE(step_sizes(trace(load_game(game), parse_pipe(rule)), at, &why).has_value()) << rule;
  return why;
}

struct Row {
  const char *game, *rule;
  double limit, best, radius;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(StepSizes, AreThoseOfTheClosedForms) {
  const Row rows[] = {
      {"xy", "gda", 0.0, 0.0, 1.0},
      {"xy", "alt-gda", 0.0, 0.0, 1.0},
      {"xy", "eg", 1.0, std::sqrt(0.5), std::sqrt(0.75)},
      {"xy", "ogda", 1 / std::sqrt(3.0), 0.5, std::sqrt(0.5)},
      {"xy", "conopt(gamma=1)", 1.0, 0.5, std::sqrt(0.5)},
      {"xy", "hgd", 2.0, 1.0, 0.0},
      {"weak-attractor", "gda", 2.0 / 101, 1.0 / 101, std::sqrt(1 - 1.0 / 101)},
      {"min x max y: x^2 - y^2", "gda", 1.0, 0.5, 0.0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.game) + " " + row.rule);
    const StepSizes s = sizes(row.game, row.rule);
    EXPECT_NEAR(s.eta_limit, row.limit, 1e-9);
    EXPECT_NEAR(s.eta_best, row.best, 1e-6);
    EXPECT_NEAR(s.radius_best, row.radius, 2e-7);
    EXPECT_EQ(s.eta_from, 0.0);
    EXPECT_EQ(s.neutral, 0u);
  }
  EXPECT_NEAR(sizes("xy", "gda | lookahead(k=5)").eta_limit, 0.7426, 5e-5);
  EXPECT_NEAR(sizes("xy", "negative-momentum").eta_limit, 1.0, 1e-9);  // 2 (1 + beta)
}

TEST(StepSizes, SayHowLongAtThePipesOwn) {
  const StepSizes s = sizes("xy", "eg(0.2)");
  EXPECT_EQ(s.knob, "extragradient.eta");
  EXPECT_EQ(s.eta, 0.2);
  const double radius = std::sqrt(1 - 0.04 + 0.0016);
  EXPECT_NEAR(s.radius, radius, 1e-12);
  EXPECT_NEAR(s.steps, std::log(1e-6) / std::log(radius), 1e-6);
  EXPECT_TRUE(std::isinf(sizes("xy", "gda").steps));
}

TEST(StepSizes, HaveNoLimitWhereStepsAreImplicit) {
  const StepSizes s = sizes("xy", "proximal(newton=1)");
  EXPECT_EQ(s.eta_limit, kInfinity);
  EXPECT_NEAR(s.radius, 1 / std::sqrt(1.01), 1e-12);
}

// Extrapolation by 1/2 makes a point attract that the flow leaves, unless the steps are small:
// its factor is 1 - eta l + (eta l)^2 with l = -0.1 + i.
TEST(StepSizes, TellTheWindowOfARuleThatAttractsOnlyWithLargeSteps) {
  const char* game = "x: -0.05*x^2 + x*y; y: -0.05*y^2 - x*y";
  const StepSizes s = sizes(game, "eg");
  auto factor = [](double eta) {
    const std::complex<double> l = eta * std::complex<double>(-0.1, 1.0);
    return std::abs(1.0 - l + l * l);
  };
  EXPECT_GT(s.eta_from, 0.1);
  EXPECT_LT(s.eta_from, s.eta_best);
  EXPECT_LT(s.eta_best, s.eta_limit);
  EXPECT_NEAR(factor(s.eta_from), 1.0, 1e-9);
  EXPECT_NEAR(factor(s.eta_limit), 1.0, 1e-9);
  EXPECT_NEAR(factor(s.eta_best), s.radius_best, 1e-9);
  for (double eta = s.eta_from; eta < s.eta_limit; eta += 1e-3)
    EXPECT_GE(factor(eta), s.radius_best - 1e-12);
}

// J = [[1, 1], [1, 1]] has the eigenvalues 0, along the line of points, and 2.
TEST(StepSizes, LeaveOutDirectionsInWhichThereIsNothingToReach) {
  const char* game = "x: (x+y-1)^2/2; y: (x+y-1)^2/2";
  const StepSizes s = sizes(game, "gda", {0.25, 0.75});
  EXPECT_EQ(s.neutral, 1u);
  EXPECT_NEAR(s.radius, 0.8, 1e-12);
  EXPECT_NEAR(s.eta_limit, 1.0, 1e-9);
  EXPECT_NEAR(s.eta_best, 0.5, 1e-6);
  EXPECT_NEAR(sizes(game, "heavy-ball(beta=0.1)", {0.25, 0.75}).eta_limit, 1.1, 1e-8);
  // A curved line, x^2 + y^2 = 1, and both players on the same side of it.
  const char* circle = "x: (x^2+y^2-1)^2; y: (x^2+y^2-1)^2";
  EXPECT_EQ(sizes(circle, "gda", {0.6, 0.8}).neutral, 1u);
}

TEST(StepSizes, KeepDirectionsThatAreOnlyFlat) {
  EXPECT_EQ(sizes("min x max y: x^4 - y^2", "gda").neutral, 0u);
  EXPECT_EQ(sizes("min x max y: x^4 - y^2", "gda").radius, 1.0);
  EXPECT_EQ(sizes("min x max y: x^3 - y^2", "gda").neutral, 0u);
}

TEST(StepSizes, SayWhyThereAreNone) {
  EXPECT_EQ(why("xy", "adam"), "its step has no slope at this point");
  EXPECT_EQ(why("xy", "gda | average"), "its memory never settles");
  EXPECT_EQ(why("xy", "gda", {1.0, 1.0}), "it does not stand still at this point");
  EXPECT_EQ(why("xy", "gda(0)"), "everything stands still near this point");
}

TEST(StepSizes, AreUnknownForRulesWithoutOne) {
  const Game game = load_game("rps");
  const Traced traced = trace(game, parse_pipe("regret-matching"));
  EXPECT_FALSE(step_size_knob(traced).has_value());
}

TEST(RadiusAt, IsThePredictionOfThePipeWithThatStepSize) {
  const Game game = load_game("forsaken");
  const std::vector<double> at = game.points[0].at;
  const Traced traced = trace(game, parse_pipe("ogda | lookahead"));
  for (const double eta : {0.01, 0.1, 0.4}) {
    const auto other =
        predict(trace(game, parse_pipe("ogda(" + std::to_string(eta) + ") | lookahead")), at);
    EXPECT_NEAR(radius_at(traced, at, eta).value(), other->radius, 1e-12);
  }
}

}  // namespace
}  // namespace gyre
