// How fast each rule goes on f = x*y, known in closed form: against the spectral radius of its
// update map, against long runs on plain points and traced, and against the formula that the rule
// states.
#include "gyre/analysis/closed_forms_test.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <map>
#include <numbers>

#include "gyre/analysis/closed_forms_test.hpp"
#include "gyre/core/random.hpp"
#include "gyre/expr/parse.hpp"

namespace gyre {
namespace {

using namespace testing;

const Row kTable[] = {
    {"simultaneous(ETA)",
     {1.0049875621, 1.0198039027, 1.0440306509, 1.1180339887},
     Measure::kLength},
    {"alternating(ETA)", {1, 1, 1, 1}, Measure::kArea},
    {"alternating(eta=ETA, order=y>x)", {1, 1, 1, 1}, Measure::kArea},
    {"extragradient(ETA)",
     {0.9950376877, 0.9806120538, 0.9581753493, 0.9013878189},
     Measure::kLength},
    {"optimistic(ETA)",
     {0.9949361530, 0.9789063129, 0.9486832981, 0.7071067812},
     Measure::kLength,
     0.5},
    {"hgd | simultaneous(ETA)", {0.9, 0.8, 0.7, 0.5}, Measure::kLength},
    {"conopt(gamma=1) | simultaneous(ETA)",
     {0.9055385138, 0.8246211251, 0.7615773106, 0.7071067812},
     Measure::kLength},
    {"sga(lambda=1) | simultaneous(ETA)",
     {0.9055385138, 0.8246211251, 0.7615773106, 0.7071067812},
     Measure::kLength},
    {"sga(lambda=1, align=1) | simultaneous(ETA)",
     {0.9055385138, 0.8246211251, 0.7615773106, 0.7071067812},
     Measure::kLength},
    {"conopt(gamma=0.1) | simultaneous(ETA)",
     {0.9950376877, 1.0001999800, 1.0153324579, 1.0735455277},
     Measure::kLength},
    {"momentum(beta=-0.5) | simultaneous(ETA)",
     {1.0007430334, 1.0029999583, 1.0068566378, 1.0200536742},
     Measure::kLength},
    {"momentum(beta=-0.5) | alternating(ETA)",
     {0.9985177891, 0.9940625099, 0.9866090553, 0.9625437032},
     Measure::kArea},
    {"simultaneous(ETA) | lookahead(k=5, alpha=0.5)",
     {0.9813269142, 0.9263709978, 0.8395867964, 0.6474484173},
     Measure::kLength},
    {"alternating(ETA) | lookahead(k=5, alpha=0.5)",
     {0.9688866162, 0.8771809246, 0.7297491341, 0.3025768239},
     Measure::kArea},
    // Two time scales: only the product of the two step sizes counts.
    {"scale(x=0.5, y=2) | simultaneous(ETA)",
     {1.0049875621, 1.0198039027, 1.0440306509, 1.1180339887},
     Measure::kArea},
    {"scale(y=4) | alternating(ETA)", {1, 1, 1, 1}, Measure::kArea},
    {"alternating(eta=ETA, y=3)", {1, 1, 1, 1}, Measure::kArea},
};

TEST(ClosedForms, AreTheSpectralRadiusOfTheUpdateMap) {
  const Game game = parse_game("min x max y: x*y");
  for (const Row& row : kTable)
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string pipe = with(row.pipe, kEtas[i]);
      EXPECT_NEAR(predicted(game, pipe), row.factors[i], 1e-9) << pipe;
    }
}

TEST(ClosedForms, ScaleWithTheStrengthOfTheGame) {
  const Game game = parse_game("min x max y: 5*x*y");
  for (const char* pipe : {"simultaneous(ETA)", "extragradient(ETA)", "optimistic(ETA)",
                           "simultaneous(ETA) | lookahead"}) {
    const Row* row = nullptr;
    for (const Row& r : kTable)
      if (parse_pipe(with(r.pipe, 1)).text() == parse_pipe(with(pipe, 1)).text()) row = &r;
    ASSERT_NE(row, nullptr) << pipe;
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(predicted(game, with(pipe, kEtas[i] / 5)), row->factors[i], 1e-9) << pipe;
  }
}

TEST(ClosedForms, AreMeasuredOnPlainPointsAndTraced) {
  const Game game = parse_game("min x max y: x*y");
  for (const Row& row : kTable)
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string pipe = with(row.pipe, kEtas[i]);
      // Where two roots meet, lengths go like (a + bT) times the T-th power, and the extra factor
      // of nearly two between T and 2T fades only like 1/T: see the next test.
      if (row.double_root == kEtas[i]) continue;
      PlainRun plain(parse_pipe(pipe), rotation());
      TracedRun traced(game, pipe, {0.6, 0.7});
      EXPECT_NEAR(measured(plain, row.measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
      EXPECT_NEAR(measured(traced, row.measure, row.factors[i]), row.factors[i], 1e-9) << pipe;
    }
}

TEST(ClosedForms, OptimisticMeetsItsDoubleRootAtOneHalf) {
  PlainRun run(parse_pipe("optimistic(0.5)"), rotation());
  run.step(400);
  // (a + bT) rho^T is annihilated by (S - rho)^2 for the right rho, whatever a and b, in the plane
  // of x + iy, where the roots are rho = 1/2 + i/2.
  using Complex = std::complex<double>;
  Complex u[3];
  for (Complex& point : u) {
    point = {run.at()[0], run.at()[1]};
    run.step();
  }
  const Complex root{0.5, 0.5};
  EXPECT_LE(std::abs(u[2] - 2.0 * root * u[1] + root * root * u[0]), 1e-9 * std::abs(u[0]));
  EXPECT_NEAR(std::abs(root), std::numbers::sqrt2 / 2, kDigits);
}

TEST(ClosedForms, AlternatingConservesItsQuadratic) {
  const Game game = parse_game("min x max y: x*y");
  for (const double eta : {0.1, 0.2, 0.3, 0.5, 1.0, 1.9}) {
    const std::string pipe = "alternating(" + number(eta) + ")";
    PlainRun plain(parse_pipe(pipe), rotation());
    TracedRun traced(game, pipe, {0.6, 0.7});
    auto check = [&](auto& run) {
      auto quadratic = [&] {
        const Numbers w = run.at();
        return w[0] * w[0] + w[1] * w[1] - eta * w[0] * w[1];
      };
      double before = quadratic();
      const double first = before;
      for (int t = 0; t < 10'000; ++t) {
        run.step();
        const double now = quadratic();
        ASSERT_NEAR(now, before, 1e-12 * before) << pipe;
        before = now;
      }
      EXPECT_NEAR(before, first, 1e-10 * first) << pipe;  // roundings do not add up either
    };
    check(plain);
    check(traced);
  }
}

TEST(ClosedForms, AlternatingTurnsInAKnownPeriod) {
  const Game game = parse_game("min x max y: x*y");
  for (const double eta : {0.1, 0.2, 0.3, 0.5}) {
    const double angle = 2.0 * std::asin(eta / 2.0);
    const auto spectrum = predict(trace(game, parse_pipe("alternating(" + number(eta) + ")")),
                                  std::vector<double>{0.0, 0.0});
    ASSERT_TRUE(spectrum.has_value());
    EXPECT_NEAR(std::abs(std::arg(spectrum->eigenvalues[0])), angle, 1e-9);

    TracedRun run(game, "alternating(" + number(eta) + ")", {0.6, 0.7});
    constexpr int kSteps = 100'000;
    double turned = 0.0;
    for (int t = 0; t < kSteps; ++t) {
      const Numbers a = run.at();
      run.step();
      const Numbers b = run.at();
      turned += std::atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
    }
    // Whole turns take the same time; less than one turn is left over at the end.
    const double period = std::numbers::pi / std::asin(eta / 2.0);
    EXPECT_NEAR(2.0 * std::numbers::pi * kSteps / std::abs(turned), period,
                period * period / kSteps);
    double low = HUGE_VAL, high = 0.0;
    for (int t = 0; t < 10'000; ++t, run.step()) {
      low = std::min(low, length(run.at()));
      high = std::max(high, length(run.at()));
    }
    EXPECT_NEAR(high / low, std::sqrt((1 + eta / 2) / (1 - eta / 2)), 1e-4);
  }
}

/// The stated formula of stage `s` at these values of its parameters.
double stated(const StageFacts& s, const std::map<std::string, double>& values) {
  Graph graph;
  const Expr formula = parse_open(s.facts.bilinear, graph);
  std::vector<std::pair<Expr, double>> at;
  for (const Expr& symbol : symbols(std::span(&formula, 1)))
    at.emplace_back(symbol, values.at(graph.name(symbol.in(graph))));
  return evaluate<double>(formula, at);
}

TEST(EveryRule, GoesAsFastAsItStates) {
  const Game game = parse_game("min x max y: x*y");
  int tried = 0, silent = 0;
  for (const StageFacts& s : rule_catalogue()) {
    if (s.facts.bilinear.empty()) {  // and says why: a test of its facts
      silent += s.facts.no_bilinear.find("root of") == std::string::npos;
      continue;
    }
    for (std::uint64_t draw = 0; draw < 60; ++draw) {
      Stream random(1, "bilinear " + s.facts.id, draw);
      const double eta = draw < 4 ? kEtas[draw] : random.uniform(0.01, 2.5);
      std::map<std::string, double> values{{"eta", eta}};
      std::vector<std::string> args;
      for (const ParamFacts& p : s.params) {
        if (p.kind != ParamKind::kReal && p.kind != ParamKind::kCount) continue;
        double value = random.uniform(std::max(p.range.low, -2.0), std::min(p.range.high, 2.0));
        if (p.kind == ParamKind::kCount)
          value = std::floor(random.uniform(p.range.low, std::min(p.range.high, 9.0) + 1.0));
        if (p.name == "eta") value = eta;
        values[p.name] = value;
        args.push_back(p.name + "=" + number(value));
      }
      const std::string stage = s.facts.id + "(" + join(args, ", ") + ")";
      std::string pipe = stage;
      if (s.kind == StageKind::kField) pipe += " | simultaneous(" + number(eta) + ")";
      if (s.kind == StageKind::kWrapper) pipe = "simultaneous(" + number(eta) + ") | " + stage;
      const double factor = stated(s, values);
      EXPECT_NEAR(predicted(game, pipe), factor, 1e-9 * std::max(1.0, factor)) << pipe;
      ++tried;
    }
  }
  EXPECT_GT(tried, 0);
  EXPECT_LT(silent, static_cast<int>(rule_catalogue().size()) / 2);
}

/// Mixed strategies and curvature are not to be had on x*y.
bool is_for(const Game& game, const StageFacts& s) {
  try {
    trace(game, parse_pipe(s.facts.id));
  } catch (const Error&) {
    return false;
  }
  return true;
}

// Where a rule states no formula, its map has no slope there, or no fixed memory, or only a root
// that has no short form; the first two must then be found out by prediction, too.
TEST(EveryRule, ThatStatesNoFactorIsEitherSilentOrARoot) {
  const Game game = parse_game("min x max y: x*y");
  for (const StageFacts& s : rule_catalogue()) {
    if (s.facts.no_bilinear.empty() || !is_for(game, s)) continue;
    const bool root = s.facts.no_bilinear.find("root of") != std::string::npos;
    EXPECT_EQ(std::isnan(predicted(game, s.facts.id)), !root) << s.facts.id;
  }
}

/// The largest root of z^2 - b z + c in length.
double largest_root(std::complex<double> b, std::complex<double> c) {
  const std::complex<double> s = std::sqrt(b * b - 4.0 * c);
  return std::max(std::abs(b + s), std::abs(b - s)) / 2.0;
}

TEST(ClosedForms, MomentaAreRootsOfTheirPolynomials) {
  const Game game = parse_game("min x max y: x*y");
  for (std::uint64_t draw = 0; draw < 60; ++draw) {
    Stream random(1, "momenta", draw);
    const double eta = random.uniform(0.01, 2.0), beta = random.uniform(-0.99, 0.99);
    const std::complex<double> turn{1.0, eta}, i{0.0, 1.0};
    const std::string rest = "(beta=" + number(beta) + ") | simultaneous(" + number(eta) + ")";
    EXPECT_NEAR(predicted(game, "momentum" + rest), largest_root(1.0 + beta + i * eta, beta), 1e-9);
    EXPECT_NEAR(predicted(game, "nesterov" + rest), largest_root((1.0 + beta) * turn, beta * turn),
                1e-9);
  }
}

}  // namespace
}  // namespace gyre
