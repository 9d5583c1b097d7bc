#include "gyre/analysis/tune.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/analysis/starts.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

Tuning tuned(const Game& game, const char* rule) {
  const std::vector<std::vector<double>> starts = random_starts(game, 5, 3);
  const Targets targets(game, starts);
  return tune(trace(game, parse_pipe(rule)), parse_pipe(rule), {targets, starts, 2500.0});
}

double eta(const Tuning& t) { return t.rule.real(t.rule.scheme, "eta"); }

// Eigenvalues of J are i and -i, so of a step of extragradient 1 - eta^2 -+ i eta, of least modulus
// at eta^2 = 1/2; the two of the optimistic step meet at eta = 1/2.
TEST(Tune, FindsTheClosedFormsOfTheBilinearGame) {
  const Game game = catalogue_game("xy");
  const Tuning eg = tuned(game, "eg");
  EXPECT_EQ(eg.by, Tuning::By::kSpectrum);
  EXPECT_NEAR(eta(eg), std::sqrt(0.5), 1e-5);
  EXPECT_NEAR(eg.radius.value_or(2.0), std::sqrt(3.0) / 2.0, 1e-9);
  const Tuning ogda = tuned(game, "ogda");
  EXPECT_EQ(ogda.by, Tuning::By::kSpectrum);
  EXPECT_NEAR(eta(ogda), 0.5, 1e-5);
}

// f = (a x^2 - b y^2) / 2 has J = diag(a, b): 2 / (a + b) makes both factors (b - a) / (a + b).
TEST(Tune, FindsTheBestStepOfAQuadraticGame) {
  const Tuning gda = tuned(parse_game("min x max y: (x^2 - 4*y^2)/2"), "gda");
  EXPECT_EQ(gda.by, Tuning::By::kSpectrum);
  EXPECT_NEAR(eta(gda), 0.4, 1e-6);
  EXPECT_NEAR(gda.radius.value_or(2.0), 0.6, 1e-9);
}

TEST(Tune, TriesOutWhatHasNoSlope) {
  const Tuning adam = tuned(parse_game("min x max y: x^2/2 + x*y - y^2/2"), "adam");
  EXPECT_EQ(adam.by, Tuning::By::kOutcome);
  EXPECT_FALSE(adam.radius.has_value());
  EXPECT_GT(adam.runs, 100u);
  EXPECT_GT(adam.calls, static_cast<double>(adam.runs));
}

// Any step of x - y up to 2 settles; the measured optimum is where the spectral one is.
TEST(Tune, MeasuresNearTheBestStepWhereNoSolutionIsSharp) {
  const Tuning gda = tuned(parse_game("x: (x+y)^2-2*x; y: (x+y)^2-2*y"), "gda");
  EXPECT_NEAR(eta(gda), 0.25, 0.01);  // 1 - 4 eta vanishes
}

TEST(Tune, KeepsWhatItHasWhereNothingIsBetter) {
  const Tuning gda = tuned(parse_game("min x max y: x*y"), "simultaneous(eta=0.003)");
  EXPECT_NE(gda.by, Tuning::By::kSpectrum);
  const Tuning matching = tuned(catalogue_game("rps"), "regret-matching");
  EXPECT_EQ(matching.by, Tuning::By::kNothing);
  EXPECT_EQ(matching.rule.text(), "regret-matching");
  EXPECT_EQ(matching.calls, 0.0);
}

TEST(Tune, ChoosesOtherParametersToo) {
  const Tuning conopt = tuned(catalogue_game("xy"), "conopt(gamma=0.001)");
  EXPECT_NE(conopt.rule.real(0, "gamma"), 0.001);
}

TEST(SetKnobs, HandsOverEveryRealNumber) {
  const Game game = catalogue_game("xy");
  Traced traced = trace(game, parse_pipe("momentum | momentum | eg"));
  set_knobs(traced, parse_pipe("momentum(beta=0.2) | momentum(beta=0.3) | eg(eta=4)"));
  ASSERT_EQ(traced.knobs.size(), 3u);
  for (const Knob& knob : traced.knobs)
    EXPECT_EQ(knob.value, knob.name == "momentum.beta"     ? 0.2
                          : knob.name == "momentum#2.beta" ? 0.3
                                                           : 4.0)
        << knob.name;
}

}  // namespace
}  // namespace gyre
