#include "gyre/jit/jit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/games/parse.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {
namespace {

TEST(Jit, RunsGda) {
  const Traced t = trace(parse_game("min x max y: x*y"), parse_pipe("gda"));
  const JitBackend& jit = jit_backend();
  ASSERT_TRUE(jit.works()) << jit.problem();
  const auto step = jit.runner(t.step, 100);
  ASSERT_EQ(jit.problem(), "");
  for (std::size_t l = 0; l < step->lanes(); ++l)
    step->input(0)[l] = 0.6, step->input(1)[l] = 0.7 + 0.01 * double(l), step->input(2)[l] = 0.1;
  step->run(5);
  double x = 0.6, y = 0.7 + 0.01 * 3;
  for (int i = 0; i < 5; ++i) {
    const double next = x - 0.1 * y;
    y += 0.1 * x, x = next;
  }
  EXPECT_NEAR(step->output(0)[3], x, 1e-15);
  EXPECT_NEAR(step->output(1)[3], y, 1e-15);
}

}  // namespace
}  // namespace gyre
