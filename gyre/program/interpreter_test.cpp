#include "gyre/program/interpreter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/program/traced_run_test.hpp"

namespace gyre {
namespace {

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

TEST(KernelSets, EndWithTheBaselineAndKnowEveryOperation) {
  ASSERT_FALSE(kernel_sets().empty());
  EXPECT_EQ(kernel_sets().back().name, "baseline");
  for (const KernelSet& set : kernel_sets()) {
    ASSERT_EQ(set.kernels.size(), Ops::size + ExtraOps::size) << set.name;
    for (std::size_t op = 0; op < set.kernels.size(); ++op)
      EXPECT_EQ(set.kernels[op] != nullptr, program_op_facts(static_cast<OpId>(op)).arity > 0);
  }
}

/// Numbers at which operations have corners, and some between.
std::vector<double> corners() {
  std::vector<double> all{0.0,          -0.0,    1.0,    -1.0,   0.5,      2.0,
                          1e-310,       -1e-310, 1e308,  -1e308, HUGE_VAL, -HUGE_VAL,
                          std::nan(""), 709.8,   -745.2, 1e-9,   M_PI,     100.0};
  Stream random(1, "corners");
  while (all.size() < 40) all.push_back(random.normal() * std::exp(4.0 * random.normal()));
  return all;
}

// Not-a-number is one value here: its sign and payload say nothing.
bool same(double a, double b) { return bits(a) == bits(b) || (std::isnan(a) && std::isnan(b)); }

TEST(KernelSets, GiveTheValuesOfTheTableToTheLastBit) {
  const std::vector<double> numbers = corners();
  const std::size_t n = numbers.size(), lanes = (n * n + 7) / 8 * 8;
  for (const KernelSet& set : kernel_sets())
    for (std::size_t op = 0; op < set.kernels.size(); ++op) {
      if (!set.kernels[op]) continue;
      std::vector<double> a(lanes), b(lanes), c(lanes), to(lanes);
      for (std::size_t i = 0; i < n * n; ++i)
        a[i] = numbers[i / n], b[i] = numbers[i % n], c[i] = numbers[(i * 7 + i / n) % n];
      set.kernels[op](to.data(), a.data(), b.data(), c.data(), lanes);
      auto check = [&]<class O>(OpTag<O>) {
        for (std::size_t i = 0; i < n * n; ++i) {
          double want = 0.0;
          if constexpr (O::facts.arity == 1) want = O::value(a[i]);
          if constexpr (O::facts.arity == 2) want = O::value(a[i], b[i]);
          if constexpr (O::facts.arity == 3) want = O::value(a[i], b[i], c[i]);
          ASSERT_TRUE(same(to[i], want)) << set.name << " " << O::facts.text << " of " << a[i]
                                         << ", " << b[i] << ", " << c[i] << ": " << to[i];
        }
      };
      if (op < Ops::size)
        Ops::visit(static_cast<OpId>(op), check);
      else
        ExtraOps::visit(static_cast<OpId>(op - Ops::size), check);
    }
}

/// Runs `steps` of a rule in `lanes` lanes, each with a start and a step size of its own, and gives
/// lane by lane the state's bits.
std::vector<std::vector<std::uint64_t>> run_lanes(const Traced& t, std::size_t lanes,
                                                  std::size_t shift, const KernelSet& set) {
  Interpreter start(t.start, lanes, set), step(t.step, lanes, set);
  auto fill = [&](std::size_t lane, std::size_t who) {
    Stream random(7, "lanes", who);
    for (std::size_t i = 0; i < t.dim; ++i)
      start.input(i)[lane] = step.input(i)[lane] = random.normal();
    for (std::size_t k = 0; k < t.knobs.size(); ++k)
      start.input(t.dim + k)[lane] = step.input(t.state() + k)[lane] =
          t.knobs[k].value * random.uniform(0.5, 1.0);
  };
  for (std::size_t lane = 0; lane < lanes; ++lane) fill(lane, (lane + shift) % lanes);
  start.run();
  for (std::size_t i = t.dim; i < t.state(); ++i)
    std::copy_n(start.output(i - t.dim).begin(), lanes, step.input(i).begin());
  step.run(5);
  std::vector<std::vector<std::uint64_t>> all(lanes);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    for (std::size_t i = 0; i < t.state(); ++i)
      all[(lane + shift) % lanes].push_back(bits(step.input(i)[lane]));
  return all;
}

TEST(Interpreter, LanesPlacesAndInstructionSetsChangeNoBit) {
  const Game game = parse_game("x[2]: sin(x[1])*y^3 - exp(-x[2]^2)/2; y: tanh(y*x[1]) + y^2*x[2]");
  for (const char* pipe : {"alt-gda", "adam | ogda", "sga(align=1) | eg | lookahead"}) {
    const Traced t = trace(game, parse_pipe(pipe));
    const auto reference = run_lanes(t, 513, 0, kernel_sets().back());
    for (const KernelSet& set : kernel_sets()) {
      EXPECT_EQ(run_lanes(t, 513, 0, set), reference) << set.name;
      EXPECT_EQ(run_lanes(t, 513, 211, set), reference) << set.name << ", places moved";
      for (std::size_t lanes = 1; lanes <= 65; ++lanes) {
        const auto few = run_lanes(t, lanes, lanes / 3, set);
        for (std::size_t i = 0; i < lanes; ++i)
          ASSERT_EQ(few[i], reference[i]) << set.name << ", lane " << i << " of " << lanes;
      }
    }
  }
}

TEST(Interpreter, RoundsLanesUpAndFillsThemWithZeros) {
  const Game game = parse_game("min x max y: x*y");
  const Traced t = trace(game, parse_pipe("gda"));
  for (const std::size_t lanes : {1u, 7u, 8u, 9u, 64u, 511u}) {
    Interpreter run(t.step, lanes);
    EXPECT_GE(run.lanes(), lanes);
    EXPECT_LT(run.lanes(), lanes + kLaneQuantum);
    EXPECT_EQ(run.lanes() % kLaneQuantum, 0u);
    EXPECT_EQ(run.input(0).size(), run.lanes());
    EXPECT_TRUE(std::ranges::all_of(run.input(0), [](double x) { return x == 0.0; }));
  }
}

TEST(Interpreter, RunningZeroTimesDoesNothing) {
  const Traced t = trace(parse_game("min x max y: x*y"), parse_pipe("gda"));
  Interpreter run(t.step, 1);
  run.input(0)[0] = 3.0;
  run.run(0);
  EXPECT_EQ(run.output(0)[0], 3.0);
}

TEST(Interpreter, ManyStepsAtOnceAreManySingleSteps) {
  const Game game = parse_game("min x max y: x*y + x^3*y/9");
  testing::TracedRun at_once(game, "adam | ogda", {0.3, 0.4}),
      singly(game, "adam | ogda", {0.3, 0.4});
  at_once.step(50);
  for (int t = 0; t < 50; ++t) singly.step();
  EXPECT_EQ(at_once.state(), singly.state());
}

TEST(Interpreter, AProgramWithoutCodeHandsItsInputsAndConstantsOn) {
  Graph graph;
  const std::vector<Expr> in{Expr::symbol(graph, "x"), Expr::symbol(graph, "y")};
  const std::vector<Expr> out{in[1], Expr(2.5), in[0], in[1]};
  const Program program = compile(in, out);
  EXPECT_TRUE(program.code.empty());
  Interpreter run(program, 3);
  run.input(0)[2] = 7.0, run.input(1)[2] = 8.0;
  run.run();
  EXPECT_EQ(run.output(0)[2], 8.0);
  EXPECT_EQ(run.output(1)[2], 2.5);
  EXPECT_EQ(run.output(2)[2], 7.0);
  EXPECT_EQ(run.output(3)[2], 8.0);
}

TEST(Interpreter, AProgramOfNothingButNumbersRuns) {
  const std::vector<Expr> out{Expr(1.5), Expr(-2.0)};
  const Program program = compile({}, out);
  Interpreter run(program, 9);
  run.run();
  EXPECT_EQ(run.output(0)[8], 1.5);
  EXPECT_EQ(run.output(1)[8], -2.0);
}

TEST(Interpreter, BlocksAreWholeQuantaAndNeverEmpty) {
  for (const Register registers : {0u, 1u, 7u, 100u, 5'000u, 1'000'000u}) {
    Program program;
    program.registers = registers;
    EXPECT_GE(lanes_a_block(program), kLaneQuantum);
    EXPECT_EQ(lanes_a_block(program) % kLaneQuantum, 0u);
  }
}

}  // namespace
}  // namespace gyre
