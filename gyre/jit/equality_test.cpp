// Machine code follows the interpreter: every rule, each on a few of the games. The slow test has
// them all.
#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/jit/equality_test.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

/// Systems may be singular but for roundings, and what comes of them is then nearly anybody's:
/// Newton's on games without curvature, Anderson's where a path is straight.
double allowed(const Traced& t) {
  const bool solves =
      t.solves_a_step > 0.0 || std::ranges::any_of(t.slots, [](const std::string& slot) {
        return slot.find("anderson") != std::string::npos;
      });
  return solves ? 1e9 : 128.0;
}

/// Every `stride`-th of the pairs of a game of at most four variables and a rule.
void compare(std::size_t stride, std::size_t steps, std::size_t at_least) {
  if (!jit_backend().works()) GTEST_SKIP() << jit_backend().problem();
  std::size_t pair = 0, compared = 0;
  for (const CatalogueEntry& entry : catalogue()) {
    const Game game = catalogue_game(entry.name);
    if (game.dim() > 4) continue;
    for (const std::string& pipe : every_pipe()) {
      if (pair++ % stride != 0) continue;
      try {
        const Traced t = trace(game, parse_pipe(pipe));
        const JitBackend jit;
        const double apart = units_apart(t, jit, steps);
        EXPECT_EQ(jit.problem(), "");
        EXPECT_LE(apart, allowed(t)) << pipe << " on " << entry.name;
        ++compared;
      } catch (const Error&) {  // some rules are for some games only
      }
    }
  }
  EXPECT_GE(compared, at_least);
}

#ifdef GYRE_JIT_ALL_PAIRS
TEST(EveryRuleOnEveryGame, IsTheSameInMachineCode) { compare(1, 1, 8000); }
TEST(EveryRuleOnEveryGame, StaysTheSameForThreeSteps) { compare(3, 3, 2500); }
#else
TEST(EveryRule, IsTheSameInMachineCodeOnSomeGame) { compare(97, 1, 60); }
#endif

}  // namespace
}  // namespace gyre
