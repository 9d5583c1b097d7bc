// How fast rules with memory go on f = x*y: anchors, momenta, springs, mixing and adaptive steps,
// against what is known of them in closed form or in numbers.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <functional>
#include <numbers>

#include "gyre/analysis/closed_forms_test.hpp"
#include "gyre/core/random.hpp"

namespace gyre {
namespace {

using namespace testing;
using Complex = std::complex<double>;

Game article() { return parse_game("min x max y: x*y"); }

/// k times the length of the field after k steps from a point of length one, for k = 1, 2, ...
std::vector<double> times_k(const std::string& pipe, int steps) {
  PlainRun run(parse_pipe(pipe), rotation(), {0.6, 0.8});
  std::vector<double> all;
  for (int k = 1; k <= steps; ++k) {
    run.step();
    all.push_back(k * length(run.at()));
  }
  return all;
}

/// The largest of (k+1) times the length of the field.
double worst(const std::vector<double>& times_k) {
  double most = 0.0;
  for (std::size_t i = 0; i < times_k.size(); ++i)
    most = std::max(most,
                    times_k[i] * (static_cast<double>(i) + 2.0) / (static_cast<double>(i) + 1.0));
  return most;
}

TEST(Anchors, HoldTheFieldToAConstantOverK) {
  struct Case {
    std::string pipe;
    double limit, within;
  };
  const Case cases[] = {
      {"halpern-pp(eta=1)", std::numbers::sqrt2, 1e-3},
      {"eag-c(eta=0.125)", 8.0, 1e-3},
      {"eag-v(eta=0.618)", 2.2904, 1e-3},
      {"popov-a(eta=0.28867513459481287)", 4.648, 1e-3},
      // The field balances the pull, alpha/k times the distance to the anchor, which is one.
      {"flex-anchor(eta=0.5, alpha=1)", 1.0, 1e-3},
      {"flex-anchor(eta=0.5, alpha=2)", 2.0, 1e-3},
      {"flex-anchor(eta=0.9, alpha=3, beta=5)", 3.0, 3e-3},
  };
  for (const Case& c : cases)
    EXPECT_NEAR(times_k(c.pipe, 10'000).back(), c.limit, c.within) << c.pipe;
}

TEST(Anchors, KeepTheirGuarantees) {
  for (const double eta : {0.02, 0.05, 0.125})
    EXPECT_LE(worst(times_k("eag-c(eta=" + number(eta) + ")", 2'000)),
              std::sqrt(4 * (1 + eta + eta * eta) / (eta * eta * (1 + eta))));
  // What is tested can fail: with steps beyond 1/L nothing is kept.
  EXPECT_GT(worst(times_k("eag-c(eta=1.5)", 2'000)), 1e6);
  EXPECT_LE(worst(times_k("eag-v(eta=0.618)", 2'000)), std::sqrt(26.65));
  for (const double kv : times_k("feg(eta=1)", 2'000)) EXPECT_LE(kv, 2.0 + 1e-12);
}

TEST(Anchors, VaryingStepsTendToKnownLimits) {
  struct Case {
    std::string pipe;
    std::size_t slot;
    double first, limit;
  };
  for (const Case& c : {Case{"eag-v(eta=0.618)", 2, 0.618, 0.43654},
                        Case{"popov-a(eta=0.28867513459481287)", 3, 0.28867513459481287, 0.2151}}) {
    PlainRun run(parse_pipe(c.pipe), rotation());
    run.step(10'000);
    EXPECT_NEAR(c.first * run.memory[c.slot].numbers()[0], c.limit, 5e-5) << c.pipe;
  }
}

TEST(Anchors, FastExtragradientAttainsItsBoundAndIsExactEveryFourthStep) {
  const double cycle[] = {std::numbers::sqrt2, 2.0, std::numbers::sqrt2, 0.0};
  const std::vector<double> kv = times_k("feg(eta=1)", 400);
  for (std::size_t i = 0; i < kv.size(); ++i) EXPECT_NEAR(kv[i], cycle[i % 4], 1e-12);
  // Begun anew it goes from one such step to the next, and prediction knows by how much.
  for (int k = 1; k <= 4; ++k)
    EXPECT_NEAR(predicted(article(), "feg(eta=1) | restart(k=" + std::to_string(k) + ")"),
                cycle[k - 1] / k, 1e-9);
}

TEST(Anchors, PlainStepsNeedTimeAndAnAnchor) {
  const std::vector<double> kv = times_k("sim-gda-a(power=0.6, gamma=2)", 20'000);
  for (const std::size_t k : {100, 1'000, 5'000, 20'000})
    EXPECT_NEAR(kv[k - 1] * std::pow(k, -0.6), 2.0, 0.1) << k;
  EXPECT_GT(length({times_k("sim-gda-a(power=0.6, gamma=0)", 20'000).back()}), 20'000.0);
}

const Row kTable[] = {
    {"lead(eta=ETA, beta=0.5, alpha=0.51)",
     {0.8776621042, 1.0017616543, 1.1658930172, 1.4170970584},
     Measure::kLength},
    {"lead(eta=ETA, beta=-0.5, alpha=0)",
     {1.0007430334, 1.0029999583, 1.0068566378, 1.0200536742},
     Measure::kLength},
    {"complex-mom(beta=0.5, arg=3.141592653589793) | simultaneous(ETA)",
     {1.0007430334, 1.0029999583, 1.0068566378, 1.0200536742},
     Measure::kLength},
};

TEST(ClosedForms, OfRulesWithMemoryArePredictedAndMeasured) {
  for (const Row& row : kTable)
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string pipe = with(row.pipe, kEtas[i]);
      EXPECT_NEAR(predicted(article(), pipe), row.factors[i], 1e-9) << pipe;
      PlainRun plain(parse_pipe(pipe), rotation());
      TracedRun traced(article(), pipe, {0.6, 0.7});
      EXPECT_NEAR(measured(plain, row.measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
      EXPECT_NEAR(measured(traced, row.measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
    }
}

struct Known {
  std::string pipe;
  double radius, within;
};

TEST(ClosedForms, OfRulesWithMemoryAtKnownParameters) {
  const double pi = std::numbers::pi;
  auto complex = [](double eta, double beta, double arg) {
    return "complex-mom(beta=" + number(beta) + ", arg=" + number(arg) + ") | simultaneous(" +
           number(eta) + ")";
  };
  const Known all[] = {
      {complex(0.05, 0.9, pi / 8), 0.98569, 5e-6},
      {complex(0.2, 0.9, pi / 4), 1.0376, 5e-5},
      {complex(0.54338202, 0.66857294, 0.36816303 * pi), 0.8882,
       1e-4},  // the best, where roots meet
      {"smoothed-gda(eta=0.1, r=1, b=0.1)", 0.98782, 5e-6},
      {"smoothed-gda(eta=1, r=1, b=0.3)", 0.5477, 5e-5},
      {"ds-gda(eta=0.1, r1=1, r2=1, b1=0.1, b2=0.1)", 0.98603, 5e-6},
      // At the best negative momentum roots meet, and meeting roots cost digits.
      {"momentum(beta=" + number(4 * std::sqrt(3.0) - 7) + ") | alternating(" +
           number(8.0 / 3.0 * std::sqrt(2 * std::sqrt(3.0) - 3)) + ")",
       2 * std::sqrt(3.0) - 3, 1e-4},
  };
  for (const Known& k : all)
    EXPECT_NEAR(predicted(article(), k.pipe), k.radius, k.within) << k.pipe;
}

TEST(ClosedForms, NoNegativeMomentumNearTheBestIsBetter) {
  const double beta = 4 * std::sqrt(3.0) - 7, eta = 8.0 / 3.0 * std::sqrt(2 * std::sqrt(3.0) - 3);
  for (const double b : {-0.02, 0.0, 0.02})
    for (const double e : {-0.05, 0.0, 0.05}) {
      if (b == 0.0 && e == 0.0) continue;
      EXPECT_GT(predicted(article(), "momentum(beta=" + number(beta + b) + ") | alternating(" +
                                         number(eta + e) + ")"),
                2 * std::sqrt(3.0) - 3 + 1e-3);
    }
  for (const double b : {-0.5, -0.2, 0.3}) {  // to second order in eta
    const double small = 0.01, radius = predicted(article(), "momentum(beta=" + number(b) +
                                                                 ") | alternating(0.01)");
    EXPECT_NEAR((radius * radius - 1) / (2 * b * small * small / std::pow(1 - b, 3)), 1.0, 0.01);
  }
}

/// Every eigenvalue of the update map makes the stated polynomial, or its conjugate, zero.
void expect_roots(const std::string& pipe, std::size_t degree,
                  const std::function<Complex(Complex)>& polynomial) {
  const auto spectrum = predict(trace(article(), parse_pipe(pipe)), std::vector<double>(2, 0.0));
  ASSERT_TRUE(spectrum.has_value()) << pipe;
  std::size_t others = 0;
  for (const Complex& z : spectrum->eigenvalues) {
    others += std::abs(z) < 1e-12;
    if (std::abs(z) < 1e-12) continue;
    EXPECT_LE(std::abs(polynomial(z) * polynomial(std::conj(z))),
              1e-9 * std::pow(1 + std::abs(z), 8))
        << pipe;
  }
  EXPECT_GE(spectrum->eigenvalues.size(), degree + others) << pipe;
  EXPECT_GT(spectrum->radius, 0.0);
}

TEST(ClosedForms, MemoriesHaveTheRootsThatTheyState) {
  const Complex i{0.0, 1.0};
  for (std::uint64_t draw = 0; draw < 40; ++draw) {
    Stream random(1, "memories", draw);
    const double eta = random.uniform(0.01, 1.5), r = random.uniform(0.0, 1.5),
                 s = random.uniform(0.0, 1.5), b = random.uniform(0.0, 1.0),
                 c = random.uniform(0.0, 1.0), ratio = random.uniform(0.2, 2.0),
                 beta = random.uniform(0.0, 0.99), arg = random.uniform(-3.0, 3.0);
    auto par = [](const char* name, double value) {
      return std::string(name) + "=" + number(value) + ", ";
    };
    const std::string steps = par("eta", eta) + "ratio=" + number(ratio) + ")";
    expect_roots("smoothed-gda(" + par("r", r) + par("b", b) + steps, 3, [&](Complex z) {
      return (z - 1.0) * (z - 1.0) * (z - 1.0 + b + eta * r * (1 - b)) +
             ratio * eta * eta * z * (z - 1.0 + b);
    });
    expect_roots("ds-gda(" + par("r1", r) + par("r2", s) + par("b1", b) + par("b2", c) + steps, 4,
                 [&](Complex z) {
                   return (z - 1.0) * (z - 1.0) * (z - 1.0 + b + eta * r * (1 - b)) *
                              (z - 1.0 + c + ratio * eta * s * (1 - c)) +
                          ratio * eta * eta * z * (z - 1.0 + b) * (z - 1.0 + c);
                 });
    expect_roots("lead(" + par("eta", eta) + par("beta", beta) + "alpha=" + number(r) + ")", 4,
                 [&](Complex z) { return z * z - (1 + beta + i * (r + eta)) * z + beta + i * r; });
    const Complex share = std::polar(beta, arg);
    expect_roots("complex-mom(" + par("beta", beta) + "arg=" + number(arg) + ") | simultaneous(" +
                     number(eta) + ")",
                 6, [&](Complex z) {
                   return (z - 1.0) * ((z - share.real()) * (z - share.real()) +
                                       share.imag() * share.imag()) -
                          i * eta * z * (z - share.real());
                 });
  }
}

TEST(Mixing, SolvesARotationOverAlternatingStepsAtTheSecondMixture) {
  PlainRun run(parse_pipe("alternating(0.3) | anderson(window=2, restart=3)"), rotation());
  run.step();
  EXPECT_LE(length(run.at()), 1e-14);
  // One mixture is not enough.
  PlainRun early(parse_pipe("alternating(0.3) | anderson(window=2, restart=2)"), rotation());
  early.step();
  EXPECT_GT(length(early.at()), 1e-2);
  // As many differences as there are numbers solve any linear game.
  TracedRun four(parse_game("min x[2] max y[2]: x[1]*y[1] + 2*x[2]*y[2] + 0.5*x[1]*y[2]"),
                 "gda-am(eta=0.3, window=4, restart=5)", {0.6, 0.7, -0.3, 0.2});
  four.step();
  EXPECT_LE(length(four.at()), 1e-11);
}

// All moves but the first are at right angles to what would cancel them, so the mixture stays at
// the first image until that leaves the window: one plain step of the spiral for each such while.
TEST(Mixing, GetsNowhereOverSimultaneousStepsOnARotation) {
  for (const int window : {1, 2, 5, 20})
    for (const int restart : {1, 2, 3, 10, 40}) {
      PlainRun run(parse_pipe("simultaneous(0.3) | anderson(window=" + std::to_string(window) +
                              ", restart=" + std::to_string(restart) + ")"),
                   rotation());
      const double before = length(run.at());
      run.step();
      const double plain_steps = std::ceil(restart / (window + 1.0));
      EXPECT_NEAR(length(run.at()) / before, std::pow(1.09, plain_steps / 2), 1e-9)
          << window << " " << restart;
    }
}

TEST(Averages, OfARotationAreKnown) {
  constexpr int kSteps = 2'000;
  for (const double eta : {0.1, 0.2, 0.5}) {
    // Of places on the ellipse, 1/steps is left.
    PlainRun alternating(parse_pipe("alternating(" + number(eta) + ") | average"), rotation());
    const double start = length(alternating.at());
    for (int t = 1; t <= kSteps; ++t) {
      alternating.step();
      EXPECT_LE(eta * t * length(alternating.output()), 2.6 * start) << eta;
    }
    // On the spiral the mean grows as well: a geometric series.
    PlainRun simultaneous(parse_pipe("simultaneous(" + number(eta) + ") | avg"), rotation());
    simultaneous.step(100);
    const Complex turn{1.0, eta};
    const Complex mean = turn * (std::pow(turn, 100) - 1.0) / (Complex{0.0, eta} * 100.0);
    EXPECT_NEAR(length(simultaneous.output()) / (start * std::abs(mean)), 1.0, 1e-10);
  }
  // A running mean turns along and only shrinks the orbit.
  PlainRun ema(parse_pipe("alternating(0.2) | ema(decay=0.99)"), rotation());
  ema.step(5'000);
  const double angle = 2.0 * std::asin(0.1);
  const double shrinks = 0.01 / std::abs(1.0 - 0.99 * std::polar(1.0, -angle));
  EXPECT_NEAR(shrinks, 0.050, 5e-4);
  double inside = 0.0, outside = 0.0;
  for (int t = 0; t < 1'000; ++t, ema.step()) {
    inside = std::max(inside, length(ema.output()));
    outside = std::max(outside, length(ema.at()));
  }
  EXPECT_NEAR(inside / outside, shrinks, 1e-4);
}

TEST(Adaptive, EndsInCyclesOfKnownSize) {
  struct Case {
    std::string pipe;
    double radius, within;  // as many digits as were stated
  };
  const Case cases[] = {
      {"adam(beta1=0.9, beta2=0.999) | simultaneous(0.01)", 3.9, 0.05},
      {"adam(beta1=0.5, beta2=0.9) | simultaneous(0.01)", 0.16, 0.005},
      {"adam(beta1=0, beta2=0.9) | simultaneous(0.01)", 0.09, 0.005},
      {"optimistic-adam(beta1=0.9, beta2=0.999, eta=0.01)", 3.7, 0.05},
      {"optimistic-adam(beta1=0.5, beta2=0.9, eta=0.01)", 0.09, 0.005},
      {"optimistic-adam(beta1=0, beta2=0.999, eta=0.01)", 0.0, 1e-5},
      {"extra-adam(beta1=0.5, beta2=0.9, eta=0.01)", 0.04, 0.005},
      {"extra-adam(beta1=0.9, beta2=0.999, eta=0.01)", 1.9, 0.05},
  };
  for (const Case& c : cases) {
    PlainRun run(parse_pipe(c.pipe), rotation(), {1.0, 1.0});
    run.step(20'000);
    EXPECT_NEAR(length(run.at()), c.radius, c.within) << c.pipe;
  }
}

TEST(Adaptive, StepsFindTheirSizeWhereFixedOnesAreTooLong) {
  for (const auto& [adaptive, fixed] : {std::pair{"adaprox(eta=5)", "extragradient(eta=5)"},
                                        std::pair{"optda(eta=1)", "optimistic(eta=1)"}}) {
    PlainRun run(parse_pipe(adaptive), rotation()), other(parse_pipe(fixed), rotation());
    run.step(3'000);
    other.step(100);
    EXPECT_LE(length(run.at()), 1e-6) << adaptive;
    EXPECT_GT(length(other.at()), 1e6) << fixed;
  }
}

}  // namespace
}  // namespace gyre
