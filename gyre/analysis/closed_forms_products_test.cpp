// Rules that take products, solve or play mixed strategies: their known factors, where they end,
// and where they stand still although they should not.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>

#include "gyre/analysis/closed_forms_test.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"

namespace gyre {
namespace {

using namespace testing;

const Row kTable[] = {
    {"cgd(ETA)", {0.9950371902, 0.9805806757, 0.9578262852, 0.8944271910}, Measure::kLength},
    {"proximal(ETA)", {0.9950371902, 0.9805806757, 0.9578262852, 0.8944271910}, Measure::kLength},
    {"lcgd(ETA)", {0.9950376877, 0.9806120538, 0.9581753493, 0.9013878189}, Measure::kLength},
    {"la(alpha=ETA) | simultaneous(ETA)",
     {0.9950376877, 0.9806120538, 0.9581753493, 0.9013878189},
     Measure::kLength},
    {"lola(alpha=ETA) | simultaneous(ETA)",
     {0.9850888285, 0.9414881837, 0.8731551981, 0.7071067812},
     Measure::kLength},
    {"newton(lambda=0) | simultaneous(ETA)", {0.9, 0.8, 0.7, 0.5}, Measure::kLength},
    {"aligned-conopt(gamma=1) | simultaneous(ETA)",
     {0.9055385138, 0.8246211251, 0.7615773106, 0.7071067812},
     Measure::kLength},
    {"jare(gamma=1) | simultaneous(ETA)",
     {0.9055385138, 0.8246211251, 0.7615773106, 0.7071067812},
     Measure::kLength},
    // Its factor at 0.5 is zero: nothing is left to measure.
    {"cross-curl(gamma=1) | simultaneous(ETA)", {0.8, 0.6, 0.4, 0.0}, Measure::kLength},
    {"unroll(k=1, inner=ETA) | simultaneous(ETA)",
     {0.9949874371, 0.9797958971, 0.9539392014, 0.8660254038},
     Measure::kArea},
    {"unroll(k=5, inner=ETA) | simultaneous(ETA)",
     {0.9539392014, 0.8, 0.8854101966, 1.3956439237},
     Measure::kArea},
    {"stackelberg(lambda=1) | simultaneous(ETA)",
     {0.9539392014, 0.9165151390, 0.8888194417, 0.8660254038},
     Measure::kArea},
    {"nk-penalty(gamma=1) | simultaneous(ETA)",
     {0.9539392014, 0.9165151390, 0.8888194417, 0.8660254038},
     Measure::kArea},
    {"odegan-reg(lambda=0.5) | simultaneous(ETA)",
     {0.9539392014, 0.9165151390, 0.8888194417, 0.8660254038},
     Measure::kArea},
    // Without its drift a plain step is as good as Heun's.
    {"crit-damp(ETA)", {1.0000124999, 1.0001999800, 1.0010119879, 1.0077822185}, Measure::kLength},
};

TEST(ClosedFormsOfProducts, ArePredicted) {
  const Game game = parse_game("min x max y: x*y");
  for (const Row& row : kTable)
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(predicted(game, with(row.pipe, kEtas[i])), row.factors[i], 1e-9) << row.pipe;
}

TEST(ClosedFormsOfProducts, AreMeasuredOnPlainPointsAndTraced) {
  const Game game = parse_game("min x max y: x*y");
  for (const Row& row : kTable)
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string pipe = with(row.pipe, kEtas[i]);
      if (row.factors[i] == 0.0) continue;
      // Two real roots stretch lengths, two complex ones areas.
      const bool real = row.pipe.starts_with("unroll(k=5") && 5 * kEtas[i] > 1.0;
      if (row.pipe.starts_with("unroll(k=5") && 5 * kEtas[i] == 1.0) continue;  // they meet
      const Measure measure = real ? Measure::kLength : row.measure;
      PlainRun plain(parse_pipe(pipe), rotation());
      TracedRun traced(game, pipe, {0.6, 0.7});
      EXPECT_NEAR(measured(plain, measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
      EXPECT_NEAR(measured(traced, measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
    }
}

// For every step size, although plain steps of that size leave.
TEST(ClosedFormsOfProducts, CompetitiveAndProximalStepsShrinkTheRotationAtAnySize) {
  const Game game = parse_game("min x max y: x*y");
  for (const double eta : {0.01, 1.0, 5.0, 1000.0})
    for (const std::string rule : {"cgd(", "proximal("})
      EXPECT_NEAR(predicted(game, rule + number(eta) + ")"), 1.0 / std::hypot(1.0, eta), 1e-9);
}

// What cannot shrink a rotation: the ideal rule stands still, the other comes to rest anywhere.
TEST(ClosedFormsOfProducts, SurgeryIsNoUseWhereEverythingRotates) {
  const Game game = parse_game("min x max y: x*y");
  TracedRun ideal(game, "lss(lambda=0) | simultaneous(0.1)", {0.6, 0.7});
  ideal.step(100);
  EXPECT_EQ(ideal.at(), (Numbers{0.6, 0.7}));
  TracedRun run(game, "lss-tts(lambda=0) | simultaneous(0.1)", {0.6, 0.7});
  run.step(200);
  const Numbers there = run.at();
  run.step(1000);
  EXPECT_LE(length(difference(run.at(), there)), 1e-9);
  EXPECT_GT(run.residual(), 0.1);
}

/// Where a run from here is after some steps.
Numbers end_of(const Game& game, const std::string& pipe, const Numbers& start, int steps) {
  TracedRun run(game, pipe, start);
  run.step(steps);
  return run.at();
}

// x + y = 1 are the equilibria; both players of LOLA push for more and end beyond the line.
TEST(Shaping, IsArrogantOnTheTandem) {
  const Game game = catalogue_game("tandem");
  for (const double alpha : {0.01, 0.05, 0.1, 0.2}) {
    const std::string args = "(alpha=" + number(alpha) + ") | simultaneous(0.05)";
    const Numbers lola = end_of(game, "lola" + args, {0.5, -0.3}, 20'000);
    EXPECT_NEAR(lola[0] + lola[1], (1 - 2 * alpha) / (1 - 4 * alpha), 1e-9) << alpha;
    const Numbers la = end_of(game, "la" + args, {0.5, -0.3}, 20'000);
    EXPECT_NEAR(la[0] + la[1], 1.0, 1e-9) << alpha;
    const Numbers sos = end_of(game, "sos" + args, {0.5, -0.3}, 20'000);
    EXPECT_NEAR(sos[0] + sos[1], 1.0, 1e-6) << alpha;
  }
}

TEST(Ridges, HaveTheEigenvaluesOfTheArticle) {
  const std::string rule = "follow-ridge | simultaneous(0.05)";
  const std::pair<std::string, std::array<double, 2>> all[] = {
      {"ftr-g1", {0.9, 0.9}}, {"ftr-g2", {1.1, 1.1}}, {"ftr-g3", {0.9, 0.6}}};
  for (const auto& [name, eigenvalues] : all) {
    const Game game = catalogue_game(name);
    const auto spectrum = predict(trace(game, parse_pipe(rule)), std::vector{0.0, 0.0});
    ASSERT_TRUE(spectrum.has_value()) << name;
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_LE(std::abs(spectrum->eigenvalues[i] - eigenvalues[i]), 1e-7) << name;
  }
}

TEST(Ridges, AreFollowedWherePlainStepsLeave) {
  for (const std::string name : {"ftr-g1", "ftr-g3"}) {
    const Game game = catalogue_game(name);
    EXPECT_LE(length(end_of(game, "follow-ridge | simultaneous(0.05)", game.start, 2000)), 1e-9)
        << name;
    EXPECT_FALSE(length(end_of(game, "simultaneous(0.05)", game.start, 2000)) < 0.5) << name;
  }
  const Game valley = catalogue_game("ftr-g2");
  EXPECT_LE(length(end_of(valley, "simultaneous(0.05)", {5, 7}, 2000)), 1e-9);
  EXPECT_FALSE(length(end_of(valley, "follow-ridge | simultaneous(0.05)", {5, 7}, 2000)) < 1e9);
}

// A saddle for plain steps to leave, the wrong way round: consensus makes it attract.
TEST(Consensus, ConvergesToAMaximum) {
  const Game game = parse_game("min x max y: -(x^2 - y^2)");
  EXPECT_NEAR(predicted(game, "conopt(gamma=1) | simultaneous(0.2)"), 0.6, 1e-9);
  EXPECT_NEAR(predicted(game, "simultaneous(0.2)"), 1.4, 1e-9);
  EXPECT_LT(predicted(game, "hgd | simultaneous(0.2)"), 1.0);
  // The aligned rule leaves. (At the point itself its sign is a tie, so its slope says nothing.)
  TracedRun aligned(game, "aligned-conopt(gamma=1) | simultaneous(0.2)", {1e-9, 1e-9});
  aligned.step(20);
  EXPECT_NEAR(length(aligned.at()), std::sqrt(2.0) * 1e-9 * std::pow(2.2, 20), 1e-6);
}

// The origin repels with eigenvalues -0.1 +- i; a symplectic weight above 0.1 holds it.
TEST(Symplectic, AdjustmentStabilisesARepellerBeyondItsWeight) {
  const Game game = parse_game("min x max y: x*y - 0.05*x^2 + 0.05*y^2");
  EXPECT_GT(predicted(game, "sga(lambda=0.09) | simultaneous(0.001)"), 1.0);
  EXPECT_LT(predicted(game, "sga(lambda=0.12) | simultaneous(0.001)"), 1.0);
}

TEST(Curvature, ExploitationLeavesAnAttractorThatIsNoEquilibrium) {
  const Game game = catalogue_game("adolphs");
  const double root = std::sqrt(2.0);
  const Numbers start{-3, -1}, nash{-2 - root, 2 + root};
  EXPECT_LE(length(end_of(game, "simultaneous(0.02)", start, 20'000)), 1e-9);
  EXPECT_LE(length(difference(end_of(game, "cesp(eta=0.02, rho=2)", start, 20'000), nash)), 1e-6);
}

TEST(Surgery, KeepsAwayFromTheAttractorThatIsNoEquilibrium) {
  const Game game = catalogue_game("mazumdar");
  const Numbers ghost{-1.3165279824134077, -1.2242747225581982};
  const auto spectrum = [&](const std::string& pipe) {
    return predict(trace(game, parse_pipe(pipe)), ghost)->radius;
  };
  EXPECT_LT(spectrum("simultaneous(0.01)"), 1.0);
  EXPECT_GT(spectrum("lss(lambda=0) | simultaneous(0.01)"), 1.0);
  for (const KnownPoint& p : game.points)
    if (p.kind == PointClass::kNash) {
      EXPECT_LT(
          predict(trace(game, parse_pipe("lss(lambda=0) | simultaneous(0.01)")), p.at)->radius,
          1.0);
    }
}

// The authors' own example, from their start.
TEST(Newton, StepsInTurnAsTheirAuthorsTryThem) {
  const Game game = parse_game("min x max y: (x^2 + 1)*(2 + sin(y))");
  const Numbers goal{0, std::acos(0.0)}, start{1, goal[1] + 0.01};
  auto off = [&](const std::string& pipe, int steps) {
    return length(difference(end_of(game, pipe, start, steps), goal));
  };
  EXPECT_LE(off("complete-newton", 4), 1e-12);
  EXPECT_NEAR(off("gd-newton(0.1)", 31) / off("gd-newton(0.1)", 30), 0.4, 1e-6);
}

/// What is left to gain for both sides of a matrix game.
double gap(const std::vector<Numbers>& payoff, const Numbers& w) {
  const std::size_t n = payoff.size();
  double best = -HUGE_VAL, worst = HUGE_VAL;
  for (std::size_t i = 0; i < n; ++i) {
    double row = 0.0, column = 0.0;
    for (std::size_t j = 0; j < n; ++j)
      row += payoff[i][j] * w[n + j], column += payoff[j][i] * w[j];
    best = std::max(best, column), worst = std::min(worst, row);
  }
  return best - worst;
}

struct Gaps {
  std::string rule, last_pennies, mean_pennies, last_rps, mean_rps;
};

// Two digits each; empty where the number is but a rounding.
const Gaps kGaps[] = {
    {"mwu(0.1)", "1.06", "1.3e-2", "1.99", "1.7e-2"},
    {"alt-mwu(0.1)", "0.63", "6.6e-4", "0.55", "1.5e-3"},
    {"omwu(0.1)", "", "6.9e-4", "2.9e-8", "1.2e-3"},
    {"mirror-prox-ent(0.1)", "", "6.9e-4", "3.3e-8", "1.2e-3"},
    {"pgda(0.1)", "1.44", "?", "1.0", "?"},
    {"peg(0.1)", "", "?", "", "?"},
    {"pogda(0.1)", "", "?", "", "?"},
    {"rm", "1.84", "1.6e-2", "1.40", "1.9e-2"},
    {"rm-plus", "1.03", "5.4e-3", "0.92", "5.9e-3"},
    {"rm-plus-alt", "0.16", "1.6e-4", "0.13", "1.3e-4"},
    {"prm-plus", "1.04", "5.8e-5", "", "1.0e-4"},
};

void expect_digits(double value, const std::string& digits, const std::string& what) {
  if (digits == "?") return;
  if (digits.empty()) {
    EXPECT_LE(value, 1e-14) << what;
    return;
  }
  const std::size_t e = digits.find('e'), dot = digits.find('.');
  const std::size_t decimals = std::min(e, digits.size()) - dot - 1;
  const double exponent = e == std::string::npos ? 0.0 : *to_number(digits.substr(e + 1));
  EXPECT_NEAR(value, *to_number(digits),
              0.5 * std::pow(10.0, exponent - static_cast<double>(decimals)) * (1 + 1e-9))
      << what;
}

const std::vector<Numbers> kPennies{{1, -1}, {-1, 1}}, kRps{{0, 1, -1}, {-1, 0, 1}, {1, -1, 0}};
const Numbers kPenniesStart{1 / 3.0, 2 / 3.0, 2 / 3.0, 1 / 3.0},
    kRpsStart{1 / 6.0, 2 / 6.0, 3 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0};

/// The gaps after ten thousand steps, of the last point and of the mean of all but the start.
std::pair<double, double> gaps(const std::string& rule, bool rps) {
  constexpr int kSteps = 10'000;
  TracedRun run(catalogue_game(rps ? "rps" : "mp"), rule, rps ? kRpsStart : kPenniesStart);
  Numbers mean(run.at().size(), 0.0);
  for (int t = 0; t < kSteps; ++t) {
    run.step();
    const Numbers w = run.at();
    for (std::size_t i = 0; i < w.size(); ++i) mean[i] += w[i] / kSteps;
  }
  return {gap(rps ? kRps : kPennies, run.at()), gap(rps ? kRps : kPennies, mean)};
}

TEST(MixedStrategies, LeaveTheGapsOfTheTable) {
  for (const Gaps& row : kGaps) {
    const auto [last_pennies, mean_pennies] = gaps(row.rule, false);
    expect_digits(last_pennies, row.last_pennies, row.rule + ", last, pennies");
    expect_digits(mean_pennies, row.mean_pennies, row.rule + ", mean, pennies");
    const auto [last_rps, mean_rps] = gaps(row.rule, true);
    expect_digits(last_rps, row.last_rps, row.rule + ", last, rock paper scissors");
    expect_digits(mean_rps, row.mean_rps, row.rule + ", mean, rock paper scissors");
  }
}

// Fictitious play's point is the mean of its plays; the plays themselves are pure.
TEST(MixedStrategies, OfFictitiousPlayAreMeans) {
  for (const bool rps : {false, true}) {
    TracedRun run(catalogue_game(rps ? "rps" : "mp"), "fp", rps ? kRpsStart : kPenniesStart);
    run.step(9'999);
    const Numbers before = run.at();
    run.step();
    Numbers play = run.at();
    for (std::size_t i = 0; i < play.size(); ++i) play[i] += 10'000 * (play[i] - before[i]);
    expect_digits(gap(rps ? kRps : kPennies, run.at()), rps ? "1.9e-2" : "1.4e-2", "mean");
    EXPECT_NEAR(gap(rps ? kRps : kPennies, play), 2.0, 1e-9);
  }
}

// Where the follower has no curvature there is nothing to invert, and the rule says so at once.
TEST(Undefined, RulesSaySoBeforeTheFirstStep) {
  const Game game = parse_game("min x max y: x*y");
  for (const std::string rule : {"follow-ridge", "gd-newton", "complete-newton", "tgda",
                                 "stackelberg(lambda=0)", "gd-newton(order=y>x)"})
    EXPECT_THROW(trace(game, parse_pipe(rule)), Error) << rule;
  for (const std::string rule : {"mwu", "alt-mwu", "omwu", "mirror-prox-ent", "rm", "rm-plus",
                                 "rm-plus-alt", "prm-plus", "fp"})
    EXPECT_THROW(trace(game, parse_pipe(rule)), Error) << rule;
  // Flat, too, but no formula shows it.
  EXPECT_THROW(
      trace(parse_game("min x max y: x*y + sin(y)^2 + cos(y)^2"), parse_pipe("follow-ridge")),
      Error);
  // A game whose Jacobian is singular everywhere, and the damping that helps.
  const Game flat = parse_game("x: (x + y)^2; y: (x + y)^2");
  EXPECT_THROW(trace(flat, parse_pipe("newton(lambda=0)")), Error);
  EXPECT_THROW(trace(flat, parse_pipe("lss(lambda=0)")), Error);
  EXPECT_NO_THROW(trace(flat, parse_pipe("newton(lambda=0.1)")));
  EXPECT_NO_THROW(trace(game, parse_pipe("newton(lambda=0)")));
}

}  // namespace
}  // namespace gyre
