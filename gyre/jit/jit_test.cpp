#include "gyre/jit/jit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/jit/choose.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Jit : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!jit_.works()) GTEST_SKIP() << jit_.problem();
  }
  JitBackend jit_;
};

constexpr const char* kXy = "min x max y: x*y";

Traced traced(const std::string& game, const char* pipe) {
  return trace(parse_game(game), parse_pipe(pipe));
}

/// Every lane somewhere else, with the rule's own knobs.
void fill(Runner& step, const Traced& t) {
  for (std::size_t l = 0; l < step.lanes(); ++l) {
    Stream s(5, "start", l);
    for (std::size_t i = 0; i < t.state(); ++i) step.input(i)[l] = s.uniform(0.1, 1);
    for (std::size_t k = 0; k < t.knobs.size(); ++k)
      step.input(t.state() + k)[l] = t.knobs[k].value;
  }
}

std::vector<double> outputs(const Runner& step, std::size_t count, std::size_t lanes) {
  std::vector<double> all;
  for (std::size_t i = 0; i < count; ++i)
    all.insert(all.end(), step.output(i).begin(),
               step.output(i).begin() + static_cast<std::ptrdiff_t>(lanes));
  return all;
}

TEST_F(Jit, FollowsTheRecurrence) {
  const Traced t = traced(kXy, "gda");
  const auto step = jit_.runner(t.step, 100);
  ASSERT_EQ(jit_.problem(), "");
  for (std::size_t l = 0; l < step->lanes(); ++l)
    step->input(0)[l] = 0.6, step->input(1)[l] = static_cast<double>(l), step->input(2)[l] = 0.1;
  step->run(5);
  for (std::size_t l = 0; l < 100; ++l) {
    double x = 0.6, y = static_cast<double>(l);
    for (int i = 0; i < 5; ++i) {
      const double next = x - 0.1 * y;
      y += 0.1 * x, x = next;
    }
    EXPECT_NEAR(step->output(0)[l], x, 1e-15 * (1.0 + y));
    EXPECT_NEAR(step->output(1)[l], y, 1e-15 * (1.0 + y));
  }
}

TEST_F(Jit, SaysWhatItUses) {
  EXPECT_THAT(jit_.name(), StartsWith("jit (llvm 19, "));
  EXPECT_THAT(jit_.name(), HasSubstr(", f64)"));
  EXPECT_THAT(JitBackend({.single = true}).name(), HasSubstr(", f32)"));
}

TEST_F(Jit, WhatCannotBeIsInterpreted) {
  const JitBackend none(jit::Target{.vector_bits = 8192});
  EXPECT_THAT(none.problem(), HasSubstr("no vectors of 8192 bits"));
  EXPECT_THAT(none.name(), StartsWith("interpreter"));
  const Traced t = traced(kXy, "gda");
  const auto step = none.runner(t.step, 3);
  fill(*step, t);
  step->run(2);
  EXPECT_TRUE(std::isfinite(step->output(0)[2]));
  EXPECT_EQ(none.compilations(), 0u);
}

TEST_F(Jit, AKnobNeverCompilesAgain) {
  for (const char* a : {"1", "2", "3.5"})
    for (const char* eta : {"0.1", "0.2"}) {
      const std::string game = std::string("min x max y: a*x*y; a = ") + a;
      const Traced t = traced(game, ("adam | extragradient(eta=" + std::string(eta) + ")").c_str());
      jit_.runner(t.step, 8);
    }
  EXPECT_EQ(jit_.compilations(), 1u);
  jit_.runner(traced("min x max y: a*x*y + 1*x; a = 1", "adam | eg").step, 8);
  EXPECT_EQ(jit_.compilations(), 2u) << "another game is another kernel";
}

TEST_F(Jit, ProgramsMayBeCompiledTogether) {
  const Traced t = traced("min x max y: a*x*y; a = 3", "adam | extragradient");
  const Program* const programs[] = {&t.step, &t.residual, &t.step, &t.payoffs};
  jit_.prepare(programs);
  EXPECT_EQ(jit_.compilations(), 3u) << "one is there twice";
  const auto together = jit_.runner(t.step, 8);
  EXPECT_EQ(jit_.compilations(), 3u);
  const JitBackend other;
  const auto alone = other.runner(t.step, 8);
  fill(*together, t), fill(*alone, t);
  together->run(20), alone->run(20);
  EXPECT_EQ(outputs(*together, t.state(), 8), outputs(*alone, t.state(), 8));
}

TEST_F(Jit, ThreadsShareOneCompilation) {
  const Traced t = traced(kXy, "adam | extragradient");
  {
    std::vector<std::jthread> all;
    for (int i = 0; i < 4; ++i) all.emplace_back([&] { jit_.runner(t.step, 8)->run(3); });
  }
  EXPECT_EQ(jit_.compilations(), 1u);
}

/// A lane's bits depend on nothing but its own numbers: neither on the lanes beside it, nor on how
/// its steps are cut into runs, nor on how many lanes run.
TEST_F(Jit, ALaneDependsOnItselfAlone) {
  for (const char* game : {"forsaken", "dirac-gan"}) {
    const Traced t = trace(catalogue_game(game), parse_pipe("adam | extragradient"));
    for (const bool single : {false, true}) {
      const JitBackend jit(jit::Target{.single = single});
      constexpr std::size_t kLanes = 203;
      const auto whole = jit.runner(t.step, kLanes);
      fill(*whole, t);
      whole->run(100);
      const auto cut = jit.runner(t.step, kLanes);
      fill(*cut, t);
      for (const std::size_t n : {1, 0, 9, 40, 50}) cut->run(n);
      EXPECT_EQ(outputs(*cut, t.state(), kLanes), outputs(*whole, t.state(), kLanes));
      const auto alone = jit.runner(t.step, 1);
      for (const std::size_t lane : {std::size_t{0}, std::size_t{17}, kLanes - 1}) {
        const auto from = jit.runner(t.step, kLanes);
        fill(*from, t);
        for (std::size_t i = 0; i < t.step.inputs; ++i) alone->input(i)[0] = from->input(i)[lane];
        alone->run(100);
        for (std::size_t i = 0; i < t.state(); ++i)
          ASSERT_EQ(alone->output(i)[0], whole->output(i)[lane]) << game << " lane " << lane;
      }
    }
  }
}

TEST_F(Jit, RunsNoMoreGroupsThanAsked) {
  const Traced t = traced(kXy, "gda");
  const auto step = jit_.runner(t.step, 1024);
  fill(*step, t);
  const std::vector<double> before(step->output(0).begin(), step->output(0).end());
  step->run(1, 5);
  EXPECT_NE(step->output(0)[4], before[4]);
  EXPECT_EQ(step->output(0)[1023], before[1023]);
  step->run(1, 0);
  step->run(0);
  EXPECT_EQ(step->output(0)[1023], before[1023]);
}

TEST_F(Jit, SubnormalNumbersAreZero) {
  const Traced t = traced("x: x^2/2; y: y^2/2", "gda");
  const auto step = jit_.runner(t.step, 8);
  fill(*step, t);
  for (std::size_t l = 0; l < step->lanes(); ++l) step->input(2)[l] = 0.5;
  step->run(1015);
  EXPECT_NE(step->output(0)[0], 0.0);
  step->run(60);  // 2^-1075 and less
  EXPECT_EQ(step->output(0)[0], 0.0);
  // Outside of a run, the thread computes as before.
  volatile double least = std::numeric_limits<double>::min();
  EXPECT_GT(least / 2.0, 0.0);
}

TEST_F(Jit, ProgramsWithoutALoopRunOnce) {
  const Traced t = traced("min x max y: a*x*y; a = 3", "gda");
  const auto payoffs = jit_.runner(t.payoffs, 3);
  for (std::size_t l = 0; l < 3; ++l) {
    payoffs->input(0)[l] = 2.0, payoffs->input(1)[l] = static_cast<double>(l);
    payoffs->input(2)[l] = 0.1, payoffs->input(3)[l] = 3.0;
  }
  payoffs->run();
  ASSERT_EQ(jit_.problem(), "");
  EXPECT_EQ(payoffs->output(0)[2], 12.0);
  EXPECT_EQ(payoffs->output(1)[2], -12.0);
}

TEST_F(Jit, DrawsAreExactInSinglePrecisionToo) {
  Program p;
  p.inputs = 3, p.registers = 3, p.loops = true, p.outputs = {0};
  p.code = {{kOp<ops::Uniform>, 0, {0, 1, 2}}};
  const JitBackend single(jit::Target{.single = true});
  const auto run = single.runner(p, 1);
  Interpreter expected(p, 1);
  const double name[] = {7.0, 123456789.0, 1e15};
  for (std::size_t k = 0; k < 3; ++k) run->input(k)[0] = expected.input(k)[0] = name[k];
  run->run(1);
  expected.run(1);
  EXPECT_EQ(run->output(0)[0], expected.output(0)[0]);
}

TEST(Engine, IsChosenByTheAmountOfWork) {
  const Traced t = traced(kXy, "gda");
  EXPECT_EQ(&backend_for(Engine::kAuto, t, 1, 10'000), &interpreter_backend());
  EXPECT_EQ(&backend_for(Engine::kInterpreter, t, 1e6, 1e6), &interpreter_backend());
  if (!jit_backend().works()) GTEST_SKIP() << jit_backend().problem();
  EXPECT_EQ(&backend_for(Engine::kAuto, t, 1e6, 10'000), &jit_backend());
  EXPECT_EQ(&backend_for(Engine::kJit, t, 1, 1), &jit_backend());
  EXPECT_EQ(&backend_for(Engine::kJitSingle, t, 1, 1), &jit_backend(true));
}

TEST(Engine, HasFourNames) {
  EXPECT_EQ(parse_engine("jit-f32"), Engine::kJitSingle);
  EXPECT_THROW(parse_engine("jti"), Error);
  EXPECT_EQ(engine_name(interpreter_backend()), "interpreter");
}

}  // namespace
}  // namespace gyre
