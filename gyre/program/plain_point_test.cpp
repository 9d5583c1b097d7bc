// A rule computes the same on a plain point type, with a field written by hand, as it does on
// symbols with the game's text inside: nothing in a rule depends on symbols.
#include <gtest/gtest.h>

#include "gyre/program/traced_run_test.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

TEST(EveryRule, DoesTheSameOnPlainPointsAsTraced) {
  int tried = 0;
  for (const HandGame& hand : games_by_hand()) {
    const Game game = parse_game(hand.text);
    ASSERT_EQ(game.dim(), hand.start.size());
    ASSERT_EQ(game.players.size(), hand.ends.size());
    for (const std::string& text : every_pipe()) {
      if (!fits(parse_pipe(text), hand) || parse_pipe(text).draws()) continue;
      SCOPED_TRACE(text + " on " + hand.text);
      PlainRun plain(parse_pipe(text), hand);
      TracedRun traced(game, text, hand.start);
      ASSERT_EQ(traced.traced.slots, plain.rule->slot_names());
      // Where Newton steps leap about, roundings double with each of them.
      const bool solves = traced.traced.solves_a_step > 0.0;
      const bool mixed = mixes(parse_pipe(text));
      for (int t = 0; t < (mixed ? 2 : solves ? 5 : 12); ++t) {
        Numbers state = plain.at();
        for (const PlainPoint& slot : plain.memory)
          state.insert(state.end(), slot.numbers().begin(), slot.numbers().end());
        if (!(length(state) < 1e6)) break;  // what has diverged has no digits left to compare
        // The simplifier may add in another order: a rounding or two a step. Newton steps are long:
        // brought back into the domain from a million away, points have lost six digits.
        const double tolerance = (solves || mixed ? 1e-9 : 1e-13) * (1.0 + length(state));
        ASSERT_LE(length(difference(traced.state(), state)), tolerance) << "at step " << t;
        ASSERT_LE(length(difference(traced.output(), plain.output())), tolerance) << t;
        plain.step();
        traced.step();
      }
      ++tried;
    }
  }
  EXPECT_GT(tried, 100);
}

TEST(EveryRule, CostsTracedWhatItCostsOnPlainPoints) {
  for (const HandGame& hand : games_by_hand()) {
    const Game game = parse_game(hand.text);
    for (const std::string& text : every_pipe()) {
      // What a minibatch costs goes by the number of samples; a game by hand has but one.
      if (!fits(parse_pipe(text), hand) || hand.sampled) continue;
      PlainRun plain(parse_pipe(text), hand);
      const Traced traced = trace(game, parse_pipe(text));
      EXPECT_DOUBLE_EQ(traced.calls_at_start, plain.field.calls()) << text;
      plain.field.reset_counts();
      plain.step();
      EXPECT_DOUBLE_EQ(traced.calls_a_step, plain.field.calls()) << text;
      EXPECT_DOUBLE_EQ(traced.products_a_step, plain.field.products) << text;
      EXPECT_EQ(traced.solves_a_step, plain.field.solves) << text;
    }
  }
}

TEST(EveryRule, IsBuiltFromTheListOnAnyPoint) {
  std::size_t built = 0;
  Rules::for_each([&](auto tag) {
    using R = typename decltype(tag)::template Of<double>;
    const Pipe pipe = parse_pipe(R::facts().id);
    const PlainRun run(pipe, a_game_for(pipe));
    EXPECT_EQ(run.rule->slots(), run.memory.size());
    ++built;
  });
  EXPECT_EQ(built, rule_catalogue().size());
}

}  // namespace
}  // namespace gyre
