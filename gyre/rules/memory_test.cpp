// Point and memory are all there is to a run, and whoever does not move does not age.
#include <gtest/gtest.h>

#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

TEST(EveryRule, GoesOnFromItsPointAndMemoryBitForBit) {
  int tried = 0;
  for (const std::string& text : every_pipe())
    for (const HandGame& game : games_by_hand()) {
      if (!fits(parse_pipe(text), game)) continue;
      SCOPED_TRACE(text + " on " + game.text);
      PlainRun whole(parse_pipe(text), game), first(parse_pipe(text), game);
      whole.step(37);
      first.step(37);
      PlainRun second(parse_pipe(text), game,
                      Numbers(game.start.size(), game.simplices ? 0.5 : 0.125));
      second.point = first.point;
      second.memory = first.memory;
      if (!std::isfinite(length(whole.at()))) continue;  // diverged, and no NaN equals another
      EXPECT_EQ(second.output(), whole.output());
      for (int t = 0; t < 23; ++t) {
        whole.step();
        second.step();
        if (!std::isfinite(length(whole.at()))) break;
        ASSERT_EQ(second.at(), whole.at());
        ASSERT_EQ(second.output(), whole.output());
      }
      ++tried;
    }
  EXPECT_GT(tried, 0);
}

TEST(EveryRule, RunsSideBySideWithItselfUndisturbed) {
  for (const std::string& text : every_pipe()) {
    if (!fits(parse_pipe(text), bent())) continue;
    PlainRun alone(parse_pipe(text), bent()), one(parse_pipe(text), bent());
    PlainRun other(parse_pipe(text), bent(), {0.1, 0.2, 0.3});
    alone.step(9);
    for (int t = 0; t < 9; ++t) {
      // The same rule object serves both runs.
      one.point = other.rule->step(one.point, one.field, one.memory);
      other.step();
    }
    EXPECT_EQ(one.at(), alone.at()) << text;
  }
}

TEST(EveryFieldStage, ChangesOnlyThePartOfThePlayerWhoIsAsked) {
  int tried = 0;
  Rules::for_each([&](auto tag) {
    using R = typename decltype(tag)::template Of<double>;
    if constexpr (R::kind == StageKind::kField) {
      const HandGame game = R::facts().needs.two_players ? bent() : crowd();
      if (R::facts().needs.zero_sum || R::facts().needs.simplices) return;
      const FieldStageOf<PlainPoint, R> stage{R{}};
      const PlainPoint w = game.point(game.start), zero = fill(w, 0.0);
      for (std::size_t p = 0; p < game.ends.size(); ++p) {
        HandField field(game);
        std::vector<PlainPoint> whole(stage.slots());
        stage.start(w, whole);
        stage.at(w, field, kEverybody, whole);
        std::vector<PlainPoint> before = whole, after = whole;
        const PlainPoint all = stage.at(w, field, kEverybody, whole);
        const PlainPoint own = stage.at(w, field, static_cast<int>(p), after);
        EXPECT_EQ(own.numbers(), on(p, all, zero).numbers()) << R::facts().id;
        for (std::size_t i = 0; i < stage.slots(); ++i)
          EXPECT_EQ(after[i].numbers(), on(p, whole[i], before[i]).numbers()) << R::facts().id;
        ++tried;
      }
    }
  });
  EXPECT_GT(tried, 0);
}

TEST(Adam, CountsForEachPlayerHowOftenItHasMoved) {
  PlainRun run(parse_pipe("adam(beta1=0.5, beta2=0.75) | alternating(y=3)"), rotation());
  run.step(2);
  EXPECT_EQ(run.memory[2].numbers(), (Numbers{std::pow(0.5, 2), std::pow(0.5, 6)}));
  EXPECT_EQ(run.memory[3].numbers(), (Numbers{std::pow(0.75, 2), std::pow(0.75, 6)}));
}

}  // namespace
}  // namespace gyre
