// Every operation of the table as machine code, for every width of vectors that the machine has,
// against the interpreter.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gyre/core/random.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// One operation on inputs 0, 1, 2, whose result is the next input 0.
Program program_of(OpId op) {
  Program p;
  p.inputs = 3;
  p.registers = 3;
  p.loops = true;
  p.code.push_back({op, 0, {0, 1, 2}});
  p.outputs = {0};
  return p;
}

void each_operation(auto&& visit) {
  for (OpId op = 0; op < Ops::size + ExtraOps::size; ++op)
    if (program_op_facts(op).arity > 0) visit(op);
}

/// Ends, switches and ordinary numbers. Without the largest ones where they do not fit.
std::vector<double> numbers(bool single) {
  std::vector<double> all{0.0,  -0.0,  1.0,  -1.0,  0.5,  -0.5, 2.0,   -2.0, 3.0, -3.0,
                          10.0, -10.0, kInf, -kInf, kNan, 40.0, -40.0, 1e-9, 1e5, -1e5};
  if (!single)
    for (const double x : {1e300, -1e300, 1e-300, -1e-300, 709.5, -709.5, 1e17, 4503599627370496.0})
      all.push_back(x);
  Stream s(1, "operations");
  for (int i = 0; i < 40; ++i) all.push_back(static_cast<float>(s.uniform(-5, 5)));
  return all;
}

/// Units of the last place between two numbers; numbers that the kernels flush are zero.
double distance(double a, double b, bool single) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) == std::isnan(b) ? 0.0 : kInf;
  if (single) b = static_cast<float>(b);
  if (a == b) return 0.0;
  const double least =
      single ? std::numeric_limits<float>::min() : std::numeric_limits<double>::min();
  if (std::abs(a) <= 2.0 * least && std::abs(b) <= 2.0 * least) return 0.0;
  const double unit =
      single ? std::numeric_limits<float>::epsilon() : std::numeric_limits<double>::epsilon();
  return std::abs(a - b) / (std::abs(b) * unit);
}

/// Units that an operation may be off: elementary functions are glibc's, products in sums are
/// rounded once.
double allowed(OpId op) {
  if (op >= Ops::size) return kInf;  // where the sum cancels, all digits may differ: see below
  return op_facts(op).cost >= 20 ? 4.0 : op == kOp<ops::Div> ? 1.0 : 0.0;
}

void compare_all(const jit::Target& target) {
  const JitBackend jit(target);
  if (!jit.works()) GTEST_SKIP() << jit.problem();
  const std::vector<double> values = numbers(target.single);
  std::vector<Program> programs(Ops::size + ExtraOps::size);
  std::vector<const Program*> all;
  each_operation([&](OpId op) { all.push_back(&(programs[op] = program_of(op))); });
  jit.prepare(all);
  each_operation([&](OpId op) {
    const Program& program = programs[op];
    const std::size_t n = values.size(), lanes = n * n;
    const auto run = jit.runner(program, lanes);
    ASSERT_EQ(jit.problem(), "");
    Interpreter expected(program, lanes);
    Stream s(2, "third", op);
    const bool draws = op == kOp<ops::Uniform> || op == kOp<ops::Uniform2>;
    for (std::size_t l = 0; l < lanes; ++l) {
      double from[3] = {values[l / n], values[l % n],
                        values[static_cast<std::size_t>(s.uniform() * static_cast<double>(n))]};
      if (draws && l % 2)
        for (double& x : from) x = std::floor(s.uniform(0, 1) * 0x1p52);
      for (std::size_t k = 0; k < 3; ++k) run->input(k)[l] = expected.input(k)[l] = from[k];
    }
    const auto before = [&](std::size_t k, std::size_t l) {
      const int arity = program_op_facts(op).arity;
      return static_cast<int>(k) < arity ? values[k == 0 ? l / n : l % n] : 0.0;
    };
    expected.run(1);
    run->run(1);
    for (std::size_t l = 0; l < lanes; ++l) {
      const double got = run->output(0)[l], want = expected.output(0)[l];
      if (op >= Ops::size) {  // scaled by what is added
        const double scale = std::abs(before(0, l)) + std::abs(run->input(1)[l] * run->input(2)[l]);
        const double unit = target.single ? 0x1p-23 : 0x1p-52;
        if (std::isfinite(want) && std::isfinite(scale) && std::abs(want) < 1e30) {
          ASSERT_LE(std::abs(got - want), unit * scale + (target.single ? 1e-37 : 0x1p-1022))
              << program_op_facts(op).text << " lane " << l;
          continue;
        }
        if (target.single) continue;
      }
      if (target.single && std::abs(want) > 3e38 && std::isfinite(want)) continue;
      ASSERT_LE(distance(got, want, target.single), allowed(op) + (target.single ? 1.0 : 0.0))
          << program_op_facts(op).text << " of " << before(0, l) << ", " << before(1, l)
          << " gives " << got << " and not " << want << ", " << jit.name();
    }
  });
}

TEST(EveryOperation, AsMachineCodeAgreesWithTheInterpreter) { compare_all({}); }
TEST(EveryOperation, AgreesInVectorsOf512Bits) { compare_all({.vector_bits = 512}); }
TEST(EveryOperation, AgreesInVectorsOf256Bits) { compare_all({.vector_bits = 256}); }
TEST(EveryOperation, AgreesInVectorsOf128Bits) { compare_all({.vector_bits = 128}); }
TEST(EveryOperation, AgreesInSinglePrecision) { compare_all({.single = true}); }
TEST(EveryOperation, AgreesInSinglePrecisionAndNarrowVectors) {
  compare_all({.single = true, .vector_bits = 256});
}

/// A comparison may be asked for its ones and zeros, for its mask, or both, before the loop and in
/// it.
TEST(EveryComparison, IsAMaskAndANumber) {
  for (const OpId op : {kOp<ops::Less>, kOp<ops::LessEqual>, kOp<ops::Equal>, kOp<ops::NotEqual>,
                        kOp<ops::Greater>, kOp<ops::GreaterEqual>})
    for (const bool steady : {false, true}) {
      Program p;  // x = select(m, y, 2*x) + m, with m a comparison of y or x with z
      p.constants = {2.0};
      p.inputs = 3;
      p.registers = 7;
      p.loops = true;
      p.outputs = {1};
      p.code = {{op, 4, {steady ? 2u : 1u, 3}},
                {kOp<ops::Mul>, 5, {0, 1}},
                {kOp<ops::Select>, 6, {4, 2, 5}},
                {kOp<ops::Add>, 1, {6, 4}}};
      const JitBackend jit;
      if (!jit.works()) GTEST_SKIP() << jit.problem();
      const auto run = jit.runner(p, 81);
      ASSERT_EQ(jit.problem(), "");
      Interpreter expected(p, 81);
      const double values[] = {-1.0, 0.0, 1.0, 2.0, kInf, -kInf, kNan, 0.5, 3.0};
      for (std::size_t l = 0; l < 81; ++l) {
        run->input(0)[l] = expected.input(0)[l] = values[l % 9];
        run->input(1)[l] = expected.input(1)[l] = values[l / 9];
        run->input(2)[l] = expected.input(2)[l] = values[(l * 7) % 9];
      }
      run->run(3);
      expected.run(3);
      for (std::size_t l = 0; l < 81; ++l)
        ASSERT_EQ(distance(run->output(0)[l], expected.output(0)[l], false), 0.0)
            << op_facts(op).text << l;
    }
}

}  // namespace
}  // namespace gyre
