#include "gyre/program/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/expr/print.hpp"
#include "gyre/program/traced_run_test.hpp"

namespace gyre {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> knob_names(const Traced& t) {
  std::vector<std::string> names;
  for (const Knob& k : t.knobs) names.push_back(k.name);
  return names;
}

Traced traced(const char* game, const char* pipe) {
  return trace(parse_game(game), parse_pipe(pipe));
}

constexpr const char* kXy = "min x max y: x*y";

TEST(Trace, KnobsAreTheRulesNumbersAndThenTheGames) {
  const Traced t =
      traced("min x max y: a*x*y - b; a = 1; b = 2", "scale(y=5) | adam(eps=0.5) | ogda | ema");
  EXPECT_THAT(knob_names(t), ElementsAre("optimistic.eta", "adam.beta1", "adam.beta2", "adam.eps",
                                         "scale.y", "ema.decay", "a", "b"));
  EXPECT_EQ(t.knobs[3].value, 0.5);
  EXPECT_EQ(t.knobs[4].value, 5.0);
  EXPECT_EQ(t.knobs[6].value, 1.0);
  EXPECT_FALSE(t.knobs[5].of_game);
  EXPECT_TRUE(t.knobs[6].of_game);
  EXPECT_EQ(t.knob_symbols.size(), t.knobs.size());
}

TEST(Trace, ASecondStageOfTheSameKindHasNamesOfItsOwn) {
  const Traced t = traced(kXy, "momentum(beta=0.1) | momentum(beta=0.2) | gda | ema | ema");
  EXPECT_THAT(knob_names(t), ElementsAre("simultaneous.eta", "momentum#2.beta", "momentum.beta",
                                         "ema.decay", "ema#2.decay"));
  std::vector<std::string> slots = t.slots;
  std::sort(slots.begin(), slots.end());
  EXPECT_EQ(std::unique(slots.begin(), slots.end()), slots.end()) << "slots share a name";
}

TEST(Trace, CountsAreNoKnobs) {
  EXPECT_THAT(knob_names(traced(kXy, "alternating(y=3) | lookahead(k=2)")),
              ElementsAre("alternating.eta", "lookahead.alpha"));
}

TEST(Trace, StateIsThePointAndThenTheMemorySlotBySlot) {
  const Traced t = traced("x[2]: x[1]*y; y: -x[2]*y", "adam | optimistic | average");
  EXPECT_EQ(t.dim, 3u);
  EXPECT_THAT(t.slots, ElementsAre("adam.m", "adam.s", "adam.p1", "adam.p2", "optimistic.last",
                                   "average.mean", "average.n"));
  EXPECT_EQ(t.state(), 3u * 8u);
  EXPECT_EQ(t.state_symbols.size(), t.state());
  EXPECT_EQ(t.next.size(), t.state());
  EXPECT_EQ(t.report.size(), t.dim);
  EXPECT_EQ(t.start.outputs.size(), t.state() - t.dim);
  EXPECT_EQ(t.step.outputs.size(), t.state());
  EXPECT_EQ(t.output.outputs.size(), t.dim);
  EXPECT_EQ(t.residual.outputs.size(), 1u);
  EXPECT_EQ(t.payoffs.outputs.size(), 2u);
  EXPECT_TRUE(t.step.loops);
  EXPECT_FALSE(t.reports_itself);
  EXPECT_TRUE(traced(kXy, "adam | optimistic").reports_itself);
  EXPECT_TRUE(traced(kXy, "gda | lookahead").reports_itself);
}

TEST(Trace, TheStepIsTheFormulaOfTheRule) {
  EXPECT_EQ(to_text(traced(kXy, "gda").next[0]), "x - y*simultaneous.eta");
  EXPECT_EQ(to_text(traced(kXy, "gda").next[1]), "y + x*simultaneous.eta");
  EXPECT_EQ(to_text(traced(kXy, "alternating(order=y>x)").next[0]),
            "x - alternating.eta*(y + x*alternating.eta)");
}

TEST(Trace, StartsTheMemoryAsTheRuleSays) {
  const Game game = parse_game(kXy);
  TracedRun ogda(game, "ogda", {0.6, 0.7});
  EXPECT_THAT(ogda.state(), ElementsAre(0.6, 0.7, 0.7, -0.6));
  TracedRun adam(game, "adam", {0.6, 0.7});
  EXPECT_THAT(adam.state(), ElementsAre(0.6, 0.7, 0, 0, 0, 0, 1, 1, 1, 1));
  TracedRun mean(game, "gda | average", {0.6, 0.7});
  EXPECT_THAT(mean.state(), ElementsAre(0.6, 0.7, 0.6, 0.7, 0, 0));
  EXPECT_THAT(mean.output(), ElementsAre(0.6, 0.7));
}

TEST(Trace, CountsCallsAndProducts) {
  struct Case {
    const char* pipe;
    double calls, products, at_start;
  };
  for (const Case& c :
       {Case{"gda", 1, 0, 0}, Case{"alternating(x=3)", 2, 0, 0}, Case{"ogda", 1, 0, 1},
        Case{"conopt | ogda", 1, 1, 1}, Case{"sga | eg", 2, 4, 0},
        Case{"conopt | alternating", 2, 2, 0}, Case{"hgd | eg | lookahead(k=7)", 14, 14, 0}}) {
    const Traced t = traced(kXy, c.pipe);
    EXPECT_EQ(t.calls_a_step, c.calls) << c.pipe;
    EXPECT_EQ(t.products_a_step, c.products) << c.pipe;
    EXPECT_EQ(t.calls_at_start, c.at_start) << c.pipe;
  }
}

TEST(Trace, TheSameGameMayBeTracedAgainAndAgain) {
  const Game game = parse_game("min x max y: a*x*y; a = 3");
  const Traced first = trace(game, parse_pipe("adam | eg"));
  const std::size_t nodes = game.graph->size();
  const Traced again = trace(game, parse_pipe("adam | eg"));
  EXPECT_EQ(first.step.text(), again.step.text());
  EXPECT_EQ(game.graph->size(), nodes) << "everything was there already";
}

TEST(Trace, PayoffsAreEveryPlayersLoss) {
  const Traced t = traced("x: x^2 + y; y: max a*x*y; a = 3", "gda");
  Interpreter run(t.payoffs, 1);
  run.input(0)[0] = 2, run.input(1)[0] = 5;
  run.input(2)[0] = 0.1, run.input(3)[0] = 3;
  run.run();
  EXPECT_EQ(run.output(0)[0], 9.0);
  EXPECT_EQ(run.output(1)[0], -30.0);
}

TEST(Trace, AWrongPlayerIsAnError) {
  try {
    traced(kXy, "scale(z=2)");
    ADD_FAILURE();
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("names the player 'z', and this game has x, 1, y, 2"));
  }
  EXPECT_NO_THROW(traced("x[2], u: x[1]*u + x[2]*y; y: y", "scale(x=2) | alternating(order=2>u)"));
}

TEST(Trace, StepsStayInTheDomain) {
  const Game game = parse_game("min x in [-1, 1] max y in [-inf, 2]: x*y");
  for (const char* pipe : {"gda(1.5)", "alternating(1.5)", "eg(1.5)", "ogda(1.5)",
                           "momentum | gda(1.5)", "gda(1.5) | lookahead(alpha=0.9)"}) {
    TracedRun run(game, pipe, {0.5, 1.0});
    for (int t = 0; t < 60; ++t) {
      run.step();
      const std::vector<double> w = run.at();
      EXPECT_LE(std::abs(w[0]), 1.0) << pipe;
      EXPECT_LE(w[1], 2.0) << pipe;
      EXPECT_TRUE(std::isfinite(w[1])) << pipe;
    }
  }
}

// Extragradient reads the field at the trial point, and that point lies in the domain, too:
// x = P(1 - 0.5*2) = 0 where it would be -3 + ... without the wall.
TEST(Trace, TrialPointsAreProjected) {
  const Game game = parse_game("min x in [0, 1] max y: 4*x + x*y");
  TracedRun run(game, "eg(eta=0.5)", {0.5, 1.0});
  run.step();
  // Trial: x = P(0.5 - 0.5*5) = 0, y = 1 + 0.5*0.5 = 1.25. Step: x = P(0.5 - 0.5*5.25), y = 1 + 0.
  EXPECT_THAT(run.at(), ElementsAre(0.0, 1.0));
}

TEST(Trace, AClampThatIsThereIsNotPutThereTwice) {
  const Game game = parse_game("min x in [0, 1] max y in [0, 1]: x*y");
  const std::string code = trace(game, parse_pipe("alternating")).step.text();
  std::size_t clamps = 0;
  for (std::size_t at = code.find(" = max"); at != std::string::npos;
       at = code.find(" = max", at + 1))
    ++clamps;
  EXPECT_EQ(clamps, 2u) << code;
}

TEST(Trace, AFieldOfZerosIsWalkedThrough) {
  TracedRun run(parse_game("min x max y: max(x*y, 0)"), "sga(align=1) | eg", {0.25, -4.0});
  run.step(3);
  EXPECT_THAT(run.at(), ElementsAre(0.25, -4.0));
  EXPECT_EQ(run.residual(), 0.0);
}

}  // namespace
}  // namespace gyre
