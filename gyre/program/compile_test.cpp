#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <numeric>

#include "gyre/expr/parse.hpp"
#include "gyre/expr/random_formula.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {
namespace {

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

std::vector<double> run(const Program& program, std::span<const double> in, std::size_t times = 1,
                        const KernelSet& set = kernel_sets().front()) {
  Interpreter interpreter(program, 1, set);
  for (std::size_t i = 0; i < in.size(); ++i) interpreter.input(i)[0] = in[i];
  interpreter.run(times);
  std::vector<double> out;
  for (std::size_t i = 0; i < program.outputs.size(); ++i) out.push_back(interpreter.output(i)[0]);
  return out;
}

/// Whether the formula has a power that the compiler may write as products or a root, which round
/// otherwise than pow does.
bool has_simple_power(const Expr& e) {
  const NodeId root = e.in(*e.graph());
  for (const NodeId id : reachable(*e.graph(), std::span(&root, 1))) {
    const Node& node = e.graph()->node(id);
    if (node.op == kOp<ops::Pow> && e.graph()->is_constant(node.args[1])) return true;
  }
  return false;
}

RC_GTEST_PROP(Compile, ComputesWhatTheFormulaSays, (const Recipe& recipe)) {
  Playground place;
  Stream random(recipe.seed, "compile");
  const std::vector<double> at{random.normal(), random.normal(), random.normal()};
  const Expr e = raw_formula(place, recipe);
  const double want = evaluate<double>(e, place.at(at));
  const std::vector<double> got = run(compile(place.symbols, std::span(&e, 1)), at);
  if (!has_simple_power(e)) RC_ASSERT(same(got[0], want));
}

RC_GTEST_PROP(Compile, PowersAsProductsAreAFewRoundingsOff, (const Recipe& recipe)) {
  Playground place;
  Stream random(recipe.seed, "powers");
  const std::vector<double> at{random.uniform(0.2, 2.0), random.uniform(0.2, 2.0),
                               random.uniform(-2.0, -0.2)};
  const Expr e = tame_formula(place, recipe, at);
  const Bounded want = evaluate_bounded(e, place.at(at));
  const std::vector<double> got = run(compile(place.symbols, std::span(&e, 1)), at);
  // 64 products at most; the bound counts four roundings an operation.
  RC_ASSERT(std::abs(got[0] - want.value) <= 32.0 * want.error || std::isinf(want.error));
}

/// Sums, differences and products only, so that values stay finite and many products meet a sum.
Expr polynomial(Playground& place, Stream& random, int size) {
  std::vector<Expr> made = place.symbols;
  auto operand = [&]() -> Expr {
    return random.bits() % 6 ? made[made.size() - 1 - random.bits() % 4 % made.size()] : 1.25;
  };
  for (int i = 0; i < size; ++i) {
    const Expr a = operand(), b = operand();
    const OpId op = std::array{kOp<ops::Add>, kOp<ops::Sub>, kOp<ops::Mul>}[random.bits() % 3];
    made.emplace_back(place.graph,
                      place.graph.raw(op, std::array{a.in(place.graph), b.in(place.graph)}));
  }
  return made.back();
}

RC_GTEST_PROP(Compile, FusedSumsAndProductsKeepEveryBit, (const Recipe& recipe)) {
  Playground place;
  Stream random(recipe.seed, "polynomials");
  const std::vector<Expr> out{polynomial(place, random, recipe.size),
                              polynomial(place, random, recipe.size),
                              polynomial(place, random, recipe.size)};
  std::vector<double> at{random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)};
  const Program loop = compile(place.symbols, out, {.loops = true});
  const auto fused = run(compile(place.symbols, out, {.fuse = true}), at);
  const auto apart = run(compile(place.symbols, out, {.fuse = false}), at);
  const auto looped = run(loop, at);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double want = evaluate<double>(out[i], place.at(at));
    RC_ASSERT(same(fused[i], want));
    RC_ASSERT(same(apart[i], want));
    RC_ASSERT(same(looped[i], want));
  }
  const auto twice = run(loop, at, 2), again = run(loop, looped);
  for (std::size_t i = 0; i < out.size(); ++i) RC_ASSERT(same(twice[i], again[i]));
}

/// Several formulas that share parts, as a traced step does.
std::vector<Expr> some_formulas(Playground& place, const Recipe& recipe, std::size_t count) {
  std::vector<Expr> all;
  for (std::size_t i = 0; i < count; ++i) {
    const Expr e = raw_formula(place, {recipe.seed + i % 2, recipe.size});
    all.push_back(i % 3 == 2 ? place.symbols[i % 2] * e : i % 3 == 1 ? all[0] + e : e);
  }
  return all;
}

RC_GTEST_PROP(Compile, FusingChangesNoBit, (const Recipe& recipe)) {
  Playground place;
  const std::vector<Expr> out = some_formulas(place, recipe, 4);
  Stream random(recipe.seed, "fusing");
  const std::vector<double> at{random.normal(), random.normal(), random.normal()};
  const auto fused = run(compile(place.symbols, out, {.fuse = true}), at);
  const auto apart = run(compile(place.symbols, out, {.fuse = false}), at);
  for (std::size_t i = 0; i < out.size(); ++i) RC_ASSERT(same(fused[i], apart[i]));
}

RC_GTEST_PROP(Compile, EveryInstructionSetGivesTheSameBits, (const Recipe& recipe)) {
  Playground place;
  const std::vector<Expr> out = some_formulas(place, recipe, 3);
  const Program program = compile(place.symbols, out);
  const std::size_t lanes = 1 + recipe.seed % 513;
  std::vector<std::vector<double>> first;
  for (const KernelSet& set : kernel_sets()) {
    Interpreter all(program, lanes, set);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      Stream random(recipe.seed, "sets", lane);
      for (std::size_t i = 0; i < 3; ++i) all.input(i)[lane] = 2.0 * random.normal();
    }
    all.run();
    std::vector<std::vector<double>> results;
    for (std::size_t i = 0; i < out.size(); ++i)
      results.emplace_back(all.output(i).begin(), all.output(i).begin() + lanes);
    if (first.empty()) first = results;
    for (std::size_t i = 0; i < out.size(); ++i)
      for (std::size_t lane = 0; lane < lanes; ++lane)
        RC_ASSERT(same(results[i][lane], first[i][lane]));
  }
  // And a lane of its own says the same as its place in the block.
  const std::size_t lane = lanes / 2;
  Stream random(recipe.seed, "sets", lane);
  const std::vector<double> at{2.0 * random.normal(), 2.0 * random.normal(), 2.0 * random.normal()};
  const std::vector<double> alone = run(program, at);
  for (std::size_t i = 0; i < out.size(); ++i) RC_ASSERT(same(alone[i], first[i][lane]));
}

RC_GTEST_PROP(Compile, ALoopIsItsBodyAgainAndAgain, (const Recipe& recipe)) {
  Playground place;
  std::vector<Expr> out = some_formulas(place, recipe, 3);
  Stream random(recipe.seed, "loops");
  for (Expr& e : out)  // some outputs are other inputs, or numbers
    if (random.bits() % 3 == 0)
      e = random.bits() % 4 ? place.symbols[random.bits() % 3] : Expr(random.normal());
  std::vector<double> at{random.normal(), random.normal(), random.normal()};
  const Program loop = compile(place.symbols, out, {.loops = true});
  const Program body = compile(place.symbols, out, {.loops = false});
  const std::vector<double> start = at;
  for (std::size_t t = 1; t <= 4; ++t) {
    at = run(body, at);
    const std::vector<double> looped = run(loop, start, t);
    for (std::size_t i = 0; i < 3; ++i) RC_ASSERT(same(looped[i], at[i]));
  }
}

struct Loop {
  const char* what;
  std::vector<std::string> out;  ///< next values of x, y, z
};

class Loops : public ::testing::TestWithParam<Loop> {};

TEST_P(Loops, MoveTheStateAsOneAssignment) {
  Playground place;
  std::vector<Expr> out;
  for (const std::string& text : GetParam().out) out.push_back(parse_open(text, place.graph));
  const Program loop = compile(place.symbols, out, {.loops = true});
  std::vector<double> at{3.0, 5.0, 7.0};
  const std::vector<double> start = at;
  for (std::size_t t = 1; t <= 6; ++t) {
    std::vector<double> next = at;
    for (std::size_t i = 0; i < out.size(); ++i) next[i] = evaluate<double>(out[i], place.at(at));
    at = next;
    for (const KernelSet& set : kernel_sets()) {
      std::vector<double> looped = run(loop, start, t, set);
      looped.resize(3, 7.0);
      for (std::size_t i = 0; i < out.size(); ++i)
        EXPECT_EQ(looped[i], at[i]) << GetParam().what << "\n" << loop.text();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Compile, Loops,
    ::testing::Values(Loop{"identity", {"x", "y", "z"}}, Loop{"swap", {"y", "x", "z"}},
                      Loop{"cycle", {"y", "z", "x"}}, Loop{"cycle backwards", {"z", "x", "y"}},
                      Loop{"duplicates", {"x", "x", "x"}},
                      Loop{"duplicates of another", {"y", "y", "y"}},
                      Loop{"a shift register", {"x + 1", "x", "y"}},
                      Loop{"constants", {"1", "2", "x"}},
                      Loop{"the same constant", {"2", "2", "2"}},
                      Loop{"one result thrice", {"x*y", "x*y", "x*y"}},
                      Loop{"a result and its swap", {"x*y + z", "x", "x*y"}},
                      Loop{"all read all", {"x + y*z", "y - x*z", "z + x*y"}},
                      Loop{"fused in place", {"x - y*z", "y + x*z", "z"}},
                      Loop{"the old value is read late", {"x + 1", "y + 1", "(x + y)*(x - y) + x"}},
                      Loop{"twice the same operand", {"x*x - x*x*x", "y*y", "x*x"}},
                      Loop{"fewer outputs than inputs", {"y", "x"}}, Loop{"only one", {"x*z"}}));

TEST(Compile, PowersWithSmallWholeExponentsBecomeProducts) {
  Playground place;
  const Expr x = place.symbols[0];
  for (int n = -70; n <= 70; ++n) {
    const Expr e(place.graph, place.graph.raw(kOp<ops::Pow>, std::array{x.in(place.graph),
                                                                        place.graph.constant(n)}));
    const Program program = compile(place.symbols, std::span(&e, 1));
    bool pow_left = false;
    for (const Instruction& i : program.code) pow_left |= i.op == kOp<ops::Pow>;
    EXPECT_EQ(pow_left, std::abs(n) > 64 || n == 0) << n;
    for (const double at : {1.0001, -0.9, 0.0, -0.0, 1.07, HUGE_VAL}) {
      const double want = std::pow(at, n), got = run(program, std::vector{at, 0.0, 0.0})[0];
      if (std::isinf(want) || want == 0.0)
        EXPECT_TRUE(same(got, want)) << at << "^" << n << ": " << got << " for " << want;
      else  // one rounding a product
        EXPECT_NEAR(got, want, 64 * 1.2e-16 * std::abs(want)) << at << "^" << n;
    }
  }
}

TEST(Compile, ARootIsARoot) {
  Playground place;
  const Expr e = parse_open("x^0.5", place.graph);
  const Program program = compile(place.symbols, std::span(&e, 1));
  ASSERT_EQ(program.code.size(), 1u);
  EXPECT_EQ(program.code[0].op, kOp<ops::Sqrt>);
}

TEST(Compile, EqualPartsAreComputedOnce) {
  Playground place;
  const std::vector<Expr> out{parse_open("exp(x*y) + 1", place.graph),
                              parse_open("exp(x*y)*z", place.graph)};
  int exps = 0;
  for (const Instruction& i : compile(place.symbols, out).code) exps += i.op == kOp<ops::Exp>;
  EXPECT_EQ(exps, 1);
}

TEST(Compile, RegistersAreUsedAgain) {
  Playground place;
  Expr e = place.symbols[0];
  for (int i = 0; i < 500; ++i) e = sin(e) + place.symbols[1];
  const Program program = compile(place.symbols, std::span(&e, 1));
  EXPECT_EQ(program.code.size(), 1000u);
  EXPECT_LE(program.registers, 3u + 3u);
}

TEST(Compile, ALoopThatCanRunInPlaceNeedsNoCopies) {
  Playground place;
  const std::vector<Expr> out{parse_open("x - 0.1*y", place.graph),
                              parse_open("y + 0.1*z", place.graph), place.symbols[2]};
  for (const Instruction& i : compile(place.symbols, out, {.loops = true}).code)
    EXPECT_NE(i.op, kExtraOp<ops::Copy>);
}

TEST(Compile, TextShowsEveryInstruction) {
  Playground place;
  const std::vector<Expr> out{parse_open("x*y + 2", place.graph)};
  const Program program = compile(place.symbols, out, {.fuse = false});
  EXPECT_EQ(program.text(), "t0 = * in0 in1\nt0 = + t0 2\n");
  EXPECT_EQ(program.cost(), 2);
}

}  // namespace
}  // namespace gyre
