// The same for the schemes that differ in where they read the field: closed forms, polynomials,
// step limits and best steps.
#include <gtest/gtest.h>

#include <complex>
#include <functional>
#include <numbers>

#include "gyre/analysis/closed_forms_test.hpp"
#include "gyre/core/random.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

using namespace testing;
using Complex = std::complex<double>;

constexpr double kOptimism[4] = {0.9949361530, 0.9789063129, 0.9486832981, 0.7071067812};
constexpr double kExtragradient[4] = {0.9950376877, 0.9806120538, 0.9581753493, 0.9013878189};

Row row(std::string pipe, const double (&f)[4], Measure measure, double double_root = 0.0) {
  return {std::move(pipe), {f[0], f[1], f[2], f[3]}, measure, double_root};
}

std::vector<Row> table() {
  constexpr double kOne[4] = {1, 1, 1, 1};
  constexpr double kProximal[4] = {0.9950371902, 0.9805806757, 0.9578262852, 0.8944271910};
  constexpr double kInTurn[4] = {0.9900010201, 0.9600691944, 0.9108619142, 0.7718445063};
  constexpr double kHybrid[4] = {0.9949874371, 0.9797958971, 0.9539392014, 0.8660254038};
  constexpr double kPair[4] = {0.99, 0.96, 0.91, 0.75};
  constexpr double kHeun[4] = {1.0000124999, 1.0001999800, 1.0010119879, 1.0077822185};
  constexpr double kKutta[4] = {0.9999999931, 0.9999995578, 0.9999949944, 0.9998948784};
  constexpr double kSimultaneous[4] = {1.0049875621, 1.0198039027, 1.0440306509, 1.1180339887};
  return {row("pp(ETA)", kProximal, Measure::kLength),
          row("fbf(ETA)", kExtragradient, Measure::kLength),
          row("dual-extrapolation(ETA)", kExtragradient, Measure::kLength),
          row("proximal-fixed(eta=ETA, iterations=2)", kExtragradient, Measure::kLength),
          row("eg-plus(eta=ETA, beta=1)", kExtragradient, Measure::kLength),
          row("past-eg(ETA)", kOptimism, Measure::kLength, 0.5),
          row("reflected(ETA)", kOptimism, Measure::kLength, 0.5),
          row("forb(ETA)", kOptimism, Measure::kLength, 0.5),
          row("gogda(eta=ETA)", kOptimism, Measure::kLength, 0.5),
          row("alt-ogda(eta=ETA)", kInTurn, Measure::kArea),
          row("alex-gda(eta=ETA, gamma=2, delta=2)", kInTurn, Measure::kArea),
          row("alex-gda(eta=ETA, gamma=2, delta=1)", kHybrid, Measure::kArea),
          row("alex-gda(eta=ETA, gamma=1, delta=2)", kHybrid, Measure::kArea),
          row("pdhg(ETA)", kHybrid, Measure::kArea),
          row("pdhg(eta=ETA, order=y>x)", kHybrid, Measure::kArea),
          row("predict(eta=ETA)", kHybrid, Measure::kArea),
          row("slingshot(ETA)", kPair, Measure::kLength), row("rk2(ETA)", kHeun, Measure::kLength),
          row("rk4(ETA)", kKutta, Measure::kLength), row("k-gda(eta=ETA)", kOne, Measure::kArea),
          // Only the product of the two step sizes counts.
          row("scale(x=0.2) | tt-gda(eta=ETA)", kSimultaneous, Measure::kArea),
          row("scale(x=0.25, y=4) | pdhg(ETA)", kHybrid, Measure::kArea)};
}

TEST(ClosedFormsOfSchemes, AreTheSpectralRadiusOfTheUpdateMap) {
  const Game game = parse_game("min x max y: x*y");
  for (const Row& row : table())
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string pipe = with(row.pipe, kEtas[i]);
      EXPECT_NEAR(predicted(game, pipe), row.factors[i], 1e-9) << pipe;
    }
}

TEST(ClosedFormsOfSchemes, AreMeasuredOnPlainPointsAndTraced) {
  const Game game = parse_game("min x max y: x*y");
  for (const Row& row : table())
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string pipe = with(row.pipe, kEtas[i]);
      if (row.double_root == kEtas[i]) continue;
      PlainRun plain(parse_pipe(pipe), rotation());
      TracedRun traced(game, pipe, {0.6, 0.7});
      EXPECT_NEAR(measured(plain, row.measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
      EXPECT_NEAR(measured(traced, row.measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
    }
}

/// The largest root of a polynomial, its coefficients from the constant up to a leading 1, by
/// Weierstrass' iteration on all roots at once.
double largest_root(const std::vector<Complex>& p) {
  std::vector<Complex> z(p.size() - 1);
  for (std::size_t i = 0; i < z.size(); ++i) z[i] = std::pow(Complex{0.4, 0.9}, i);
  for (int k = 0; k < 500; ++k)
    for (std::size_t i = 0; i < z.size(); ++i) {
      Complex value = 0.0, others = 1.0;
      for (std::size_t j = p.size(); j-- > 0;) value = value * z[i] + p[j];
      for (std::size_t j = 0; j < z.size(); ++j)
        if (j != i) others *= z[i] - z[j];
      z[i] -= value / others;
    }
  double largest = 0.0;
  for (const Complex& root : z) largest = std::max(largest, std::abs(root));
  return largest;
}

constexpr Complex i{0.0, 1.0};

TEST(ClosedFormsOfSchemes, WithMemoryAreRootsOfTheirPolynomials) {
  const Game game = parse_game("min x max y: x*y");
  for (std::uint64_t draw = 0; draw < 60; ++draw) {
    Stream random(1, "schemes", draw);
    const double eta = random.uniform(0.01, 1.5), a = random.uniform(0.1, 3.0),
                 b = random.uniform(0.1, 3.0), phi = random.uniform(1.02, 2.0);
    const std::string eta_is = "(eta=" + number(eta);
    EXPECT_NEAR(predicted(game, "gogda" + eta_is + ", lambda=" + number(a) + ")"),
                largest_root({i * eta * a, -(1.0 + i * eta * (1.0 + a)), 1.0}), 1e-9);
    EXPECT_NEAR(predicted(game, "graal" + eta_is + ", phi=" + number(phi) + ")"),
                largest_root({i * eta / phi, -(1.0 + i * eta), 1.0}), 1e-9);
    // z (z-1)^2 + eta^2 (1 + a(z-1)) (1 + b(z-1))
    const double e = eta * eta, c0 = e * (1 - a) * (1 - b),
                 c1 = 1 + e * (a * (1 - b) + b * (1 - a)), c2 = -2 + e * a * b;
    const std::string alex =
        "alex-gda" + eta_is + ", gamma=" + number(a) + ", delta=" + number(b) + ")";
    EXPECT_NEAR(predicted(game, alex), largest_root({c0, c1, c2, 1.0}), 1e-9) << alex;
    // z (z-1)^2 + eta^2 (z + lambda (z-1))^2
    const std::string aca = "aca" + eta_is + ", lambda=" + number(a) + ")";
    EXPECT_NEAR(predicted(game, aca),
                largest_root({e * a * a, 1 - 2 * e * a * (1 + a), -2 + e * (1 + a) * (1 + a), 1.0}),
                1e-9)
        << aca;
  }
}

TEST(ClosedFormsOfSchemes, WithOneExtrapolationAreSquareRoots) {
  const Game game = parse_game("min x max y: x*y");
  for (std::uint64_t draw = 0; draw < 60; ++draw) {
    Stream random(2, "schemes", draw);
    const double gamma = random.uniform(0.0, 3.0),
                 eta = random.uniform(0.01, 2.0 / std::max(gamma, 1.0));
    const std::string pipe =
        "alex-gda(eta=" + number(eta) + ", gamma=" + number(gamma) + ", delta=1)";
    const double square = 1 - (gamma - 1) * eta * eta, half = 1 - gamma * eta * eta / 2;
    if (half * half < square) {
      EXPECT_NEAR(predicted(game, pipe), std::sqrt(square), 1e-9) << pipe;
    }
  }
}

struct Limit {
  std::string pipe;
  double eta;
};

TEST(StepLimits, AreWhereTheRadiusIsOne) {
  const Game game = parse_game("min x max y: x*y");
  const double third = 1 / std::sqrt(3.0);
  for (const Limit& limit : {Limit{"eg(ETA)", 1},
                             {"fbf(ETA)", 1},
                             {"dual-extrapolation(ETA)", 1},
                             {"ogda(ETA)", third},
                             {"past-eg(ETA)", third},
                             {"reflected(ETA)", third},
                             {"gogda(eta=ETA)", third},
                             {"alt-ogda(eta=ETA)", 2.0 / 3},
                             {"alex-gda(ETA)", 2.0 / 3},
                             {"pdhg(ETA)", 2 * third},
                             {"predict(eta=ETA)", 2 * third},
                             {"slingshot(ETA)", std::numbers::sqrt2},
                             {"rk4(ETA)", 2 * std::numbers::sqrt2}}) {
    EXPECT_LT(predicted(game, with(limit.pipe, limit.eta - 1e-6)), 1.0) << limit.pipe;
    EXPECT_GT(predicted(game, with(limit.pipe, limit.eta + 1e-6)), 1.0) << limit.pipe;
  }
  EXPECT_LT(predicted(game, "graal(1.16)"), 1.0);
  EXPECT_GT(predicted(game, "graal(1.18)"), 1.0);
}

struct Best {
  std::string pipe;
  double eta, factor;
};

TEST(BestSteps, AreAsGoodAsKnownAndNoNeighbourIsBetter) {
  const Game game = parse_game("min x max y: x*y");
  const double root = std::numbers::sqrt2 / 2;
  for (const Best& best : {Best{"eg(ETA)", root, std::sqrt(3.0) / 2},
                           {"ogda(ETA)", 0.5, root},
                           {"past-eg(ETA)", 0.5, root},
                           {"reflected(ETA)", 0.5, root},
                           {"alt-ogda(eta=ETA)", std::pow(2.0, -0.75), root},
                           {"alex-gda(ETA)", std::pow(2.0, -0.75), root},
                           {"graal(eta=ETA, phi=2)", 1.0, root},
                           {"pdhg(ETA)", 1.0, 0.0},
                           {"dseg(eta=ETA, gamma=0.5)", 0.5 / 1.25, 1 / std::sqrt(1.25)},
                           {"dseg(eta=ETA, gamma=2)", 2.0 / 5, 1 / std::sqrt(5.0)}}) {
    // Where roots meet, half of the digits of a radius are lost.
    EXPECT_NEAR(predicted(game, with(best.pipe, best.eta)), best.factor, 1e-7) << best.pipe;
    for (const double off : {-0.01, 0.01})
      EXPECT_GT(predicted(game, with(best.pipe, best.eta + off)), best.factor) << best.pipe;
  }
  // Four digits, from a search.
  EXPECT_NEAR(predicted(game, "aca(eta=1.425, lambda=" + number(0.225 / 1.425) + ")"), 0.395, 2e-3);
  EXPECT_NEAR(predicted(game, "graal(0.809)"), 0.8676, 1e-4);
  EXPECT_NEAR(predicted(game, "gogda(eta=0.3, lambda=" + number(1.0 / 3) + ")"), 1.0176, 1e-4);
  EXPECT_NEAR(predicted(game, "gogda(eta=0.1, lambda=3)"), 0.9749, 1e-4);
}

TEST(Pdhg, WithStepsWhoseProductIsOneLandsInTwo) {
  for (const char* pipe : {"pdhg(1)", "predict(eta=1)", "scale(x=4, y=0.25) | pdhg(1)"}) {
    PlainRun run(parse_pipe(pipe), rotation());
    run.step();
    EXPECT_GT(length(run.at()), 0.1) << pipe;
    run.step();
    EXPECT_LE(length(run.at()), 1e-15) << pipe;
  }
}

TEST(Slingshot, PairsDoNotTurn) {
  PlainRun run(parse_pipe("slingshot(0.3)"), rotation());
  run.step();
  EXPECT_LE(length(difference(run.at(), {0.91 * 0.6, 0.91 * 0.7})), 1e-15);
}

// Their steps depend on the point, but not on x*y; there is no slope at the solution to predict by.
TEST(AdaptiveEgPlus, GoesAsFarAsIsBestOnARotation) {
  const Game game = parse_game("min x max y: x*y");
  for (const double gamma : {0.1, 0.5, 2.0}) {
    const std::string pipe = "adaptive-eg-plus(" + number(gamma) + ")";
    const double factor = 1 / std::sqrt(1 + gamma * gamma);
    PlainRun plain(parse_pipe(pipe), rotation());
    TracedRun traced(game, pipe, {0.6, 0.7});
    EXPECT_NEAR(measured(plain, Measure::kLength, factor), factor, 1e-9) << pipe;
    EXPECT_NEAR(measured(traced, Measure::kLength, factor), factor, 1e-9) << pipe;
    EXPECT_TRUE(std::isnan(predicted(game, pipe))) << pipe;
  }
}

TEST(CurvatureEgPlus, FindsTheLongestStepAheadByItself) {
  for (const double strength : {0.2, 1.0, 30.0}) {
    const Game game = parse_game("min x max y: " + number(strength) + "*x*y");
    for (const double nu : {0.5, 0.99}) {
      const std::string pipe = "curv-eg-plus(nu=" + number(nu) + ")";
      const double factor = 1 / std::sqrt(1 + nu * nu);
      TracedRun traced(game, pipe, {0.6, 0.7});
      EXPECT_NEAR(measured(traced, Measure::kLength, factor), factor, 1e-9) << pipe;
      EXPECT_TRUE(std::isnan(predicted(game, pipe))) << pipe;
    }
  }
}

// Here the field turns the more the farther one looks: what the Jacobian allows, 4.1, is too long,
// and about 0.6 would do.
TEST(CurvatureEgPlus, ShortensItsStepWhereTheFieldTurnsOnTheWay) {
  const Game game = parse_game("min x max y: x + x^4 + 0.1*x*y - 0.1*y^2");
  auto first = [&](int halvings) {
    TracedRun run(game, "curv-eg-plus(power=20, halvings=" + std::to_string(halvings) + ")",
                  {0, 0});
    run.step();
    return run.at();
  };
  EXPECT_EQ(first(3), first(20));
  for (const int too_few : {0, 1, 2})
    EXPECT_GT(length(difference(first(too_few), first(3))), 1e-3) << too_few;
}

// Malitsky's rule: with Lipschitz constant 1, steps that are not held back by the last have
// lam+ lam- = phi^2/4.
TEST(Agraal, FindsTheLipschitzConstantAndConverges) {
  for (const double eta : {1e-4, 0.1, 100.0}) {
    PlainRun run(parse_pipe("agraal(" + number(eta) + ")"), rotation());
    std::vector<double> sizes;
    int bound = 0;
    for (int t = 0; t < 400; ++t, run.step()) sizes.push_back(run.memory[2].numbers()[0]);
    EXPECT_LT(length(run.at()), 1e-6) << eta;
    for (std::size_t k = 200; k + 2 < sizes.size(); ++k) {
      const double longer = (1 / 1.5 + 1 / 2.25) * sizes[k + 1];
      const double fitting = 1.5 * 1.5 / 4 / sizes[k];
      EXPECT_NEAR(sizes[k + 2], std::min(longer, fitting), 1e-6 * sizes[k + 2]) << eta;
      bound += fitting < longer;
    }
    EXPECT_GT(bound, 50) << eta;
  }
}

/// The quantities of n firms; the price falls by one with each unit, and starts at one.
Game cournot(int firms) {
  std::string total = "0", text;
  for (int p = 0; p < firms; ++p) total += " + q" + std::to_string(p);
  for (int p = 0; p < firms; ++p)
    text +=
        (p ? "; q" : "q") + std::to_string(p) + ": q" + std::to_string(p) + "*(" + total + " - 1)";
  return parse_game(text);
}

TEST(BestResponse, SettlesACournotMarketOfTwoFirmsAndNoMore) {
  for (int firms = 2; firms <= 5; ++firms)
    for (const double damping : {1.0, 0.4}) {
      const auto spectrum = predict(
          trace(cournot(firms), parse_pipe("br(lambda=0, damping=" + number(damping) + ")")),
          std::vector<double>(firms, 1.0 / (firms + 1)));
      ASSERT_TRUE(spectrum.has_value());
      // The answers to the others have the eigenvalues -(n-1)/2 and 1/2.
      const double together = std::abs(1 - damping * (firms + 1) / 2.0), apart = 1 - damping / 2;
      EXPECT_NEAR(spectrum->radius, std::max(together, apart), 1e-9) << firms << " " << damping;
    }
}

TEST(TwoTimeScales, NeedARatioThatDependsOnTheGame) {
  const Game game = parse_game("min x max y: -x^2 + 5*x*y - y^2");
  EXPECT_GT(predicted(game, "tt-gda(eta=0.001, 2=0.9)"), 1.0);
  EXPECT_LT(predicted(game, "tt-gda(eta=0.001, 2=1.1)"), 1.0);
}

TEST(KGda, TurnsAsAlternatingStepsOfTheSameProduct) {
  const Game game = parse_game("min x max y: x*y");
  for (const int k : {1, 3, 8}) {
    const auto spectrum = predict(
        trace(game, parse_pipe("k-gda(eta=0.2, 2=" + std::to_string(k) + ")")), Numbers{0, 0});
    ASSERT_TRUE(spectrum.has_value());
    EXPECT_NEAR(std::abs(std::arg(spectrum->eigenvalues[0])), 2 * std::asin(0.1 * std::sqrt(k)),
                1e-9);
  }
  EXPECT_GT(predicted(game, "k-gda(eta=0.9, 2=5)"), 1.0);
}

Complex runge_kutta(Complex z, int order) {
  Complex sum = 0.0, power = 1.0;
  for (int j = 0; j <= order; ++j, power *= -z / static_cast<double>(j)) sum += power;
  return sum;
}

TEST(OdeGan, IsTheRegularisedFlowToFourthOrder) {
  const Game game = parse_game("min x max y: x*y");
  for (const double lambda : {0.07, 0.5})
    for (const double h : {0.1, 1.0}) {
      // The follower's own curvature becomes 2 lambda.
      const Complex z = h * Complex{lambda, std::sqrt(1 - lambda * lambda)};
      EXPECT_NEAR(predicted(game, "ode-gan(lambda=" + number(lambda) + ", eta=" + number(h) + ")"),
                  std::abs(runge_kutta(z, 4)), 1e-9);
    }
}

// The whole table of spectral maps, on a linear game that is not normal.
TEST(SpectralMaps, HoldForEveryEigenvalueOfALinearGame) {
  const Game game = parse_game(
      "a[2]: 0.6*a[1]^2 + 0.3*a[1]*a[2] + 0.5*a[2]^2 + a[1]*b[1] - 0.4*a[2]*b[1] + 0.7*a[2]*b[2]; "
      "b[2]: 0.4*b[1]^2 - 0.2*b[1]*b[2] + 0.7*b[2]^2 - 0.9*a[1]*b[1] + 0.5*a[1]*b[2] - a[2]*b[2]");
  const auto plain = predict(trace(game, parse_pipe("gda(eta=1)")), Numbers(4, 0.0));
  ASSERT_TRUE(plain.has_value());
  std::vector<Complex> lambdas;
  for (const Complex& e : plain->eigenvalues) lambdas.push_back(1.0 - e);
  ASSERT_GT(std::abs(lambdas[0].imag()), 0.1);
  const double eta = 0.3, gamma = 0.5, a = 0.4;
  struct Map {
    std::string pipe;
    std::function<double(Complex)> radius;
  };
  auto optimism = [&](Complex l) { return largest_root({-eta * l, 2.0 * eta * l - 1.0, 1.0}); };
  const Map maps[] = {
      {"pp(0.3)", [&](Complex l) { return std::abs(1.0 / (1.0 + eta * l)); }},
      {"fbf(0.3)", [&](Complex l) { return std::abs(1.0 - eta * l + eta * eta * l * l); }},
      {"dseg(eta=0.3, gamma=0.5)",
       [&](Complex l) { return std::abs(1.0 - eta * l + eta * gamma * l * l); }},
      {"eg-plus(eta=0.3, beta=0.6)",
       [&](Complex l) { return std::abs(1.0 - eta * l + eta * gamma * l * l); }},
      {"past-eg(0.3)", optimism},
      {"reflected(0.3)", optimism},
      {"gogda(eta=0.3, lambda=0.4)",
       [&](Complex l) {
         return largest_root({-eta * a * l, eta * (1 + a) * l - 1.0, 1.0});
       }},
      {"graal(0.3)",
       [&](Complex l) {
         return largest_root({-eta * l / std::numbers::phi, eta * l - 1.0, 1.0});
       }},
      {"proximal-fixed(eta=0.3, iterations=3)",
       [&](Complex l) {
         const Complex z = eta * l;
         return std::abs(1.0 - z + z * z - z * z * z);
       }},
      {"rk2(0.3)", [&](Complex l) { return std::abs(runge_kutta(eta * l, 2)); }},
      {"rk4(0.3)", [&](Complex l) { return std::abs(runge_kutta(eta * l, 4)); }},
  };
  for (const Map& map : maps) {
    double radius = 0.0;
    for (const Complex& l : lambdas) radius = std::max(radius, map.radius(l));
    EXPECT_NEAR(predicted(game, map.pipe), radius, 1e-9) << map.pipe;
  }
}

}  // namespace
}  // namespace gyre
