// What a step costs is counted by the field and equals what the rule states.
#include <gtest/gtest.h>

#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

struct Cost {
  double calls = 0.0, products = 0.0, solves = 0.0, looks = 0.0;
};

Cost cost_of_a_step(const std::string& pipe, const HandGame& game) {
  PlainRun run(parse_pipe(pipe), game);
  run.field.reset_counts();
  run.step();
  return {run.field.calls(), static_cast<double>(run.field.products),
          static_cast<double>(run.field.solves), static_cast<double>(run.field.looks)};
}

/// What a run pays before its first step.
Cost cost_of_the_start(const std::string& pipe, const HandGame& game) {
  const PlainRun run(parse_pipe(pipe), game);
  return {run.field.calls(), static_cast<double>(run.field.products),
          static_cast<double>(run.field.solves), static_cast<double>(run.field.looks)};
}

std::vector<const StageFacts*> schemes() {
  std::vector<const StageFacts*> all;
  for (const StageFacts& s : rule_catalogue())
    if (s.kind == StageKind::kScheme) all.push_back(&s);
  return all;
}

TEST(EveryScheme, CostsWhatItStates) {
  ASSERT_FALSE(schemes().empty());
  for (const StageFacts* s : schemes())
    for (const HandGame& game : games_by_hand()) {
      if (!fits(parse_pipe(s->facts.id), game)) continue;
      const Cost cost = cost_of_a_step(s->facts.id, game);
      EXPECT_DOUBLE_EQ(cost.calls, s->facts.calls) << s->facts.id;
      EXPECT_EQ(cost.products, s->facts.products) << s->facts.id;
      EXPECT_EQ(cost.solves, s->facts.solves) << s->facts.id;
    }
}

TEST(EveryScheme, LooksAtTheFieldToBeginWithOnlyWhereItsMemorySaysSo) {
  for (const StageFacts* s : schemes()) {
    double looks = 0.0;
    for (const Slot& slot : s->facts.memory) looks += slot.start == "F(w)";
    const Pipe pipe = parse_pipe(s->facts.id);
    EXPECT_DOUBLE_EQ(PlainRun(pipe, a_game_for(pipe)).field.calls(), looks) << s->facts.id;
  }
}

// A stage that asks for products needs everybody's gradient even for one player's direction, so it
// pays for each look of the scheme; any other pays for what is asked.
TEST(EveryFieldStage, CostsWhatItStatesForEachCallOfItsOwn) {
  int tried = 0;
  for (const StageFacts& s : rule_catalogue())
    for (const StageFacts* scheme : schemes())
      for (const HandGame& game : games_by_hand()) {
        if (s.kind != StageKind::kField || scheme->needs_products || scheme->facts.needs.losses)
          continue;
        if (!fits(parse_pipe(s.facts.id + " | " + scheme->facts.id), game)) continue;
        const Cost alone = cost_of_a_step(scheme->facts.id, game);
        const Cost cost = cost_of_a_step(s.facts.id + " | " + scheme->facts.id, game);
        const double calls = s.needs_products ? alone.looks : alone.calls;
        EXPECT_DOUBLE_EQ(cost.calls, s.facts.calls * calls) << s.facts.id;
        EXPECT_DOUBLE_EQ(cost.products, s.facts.products * alone.looks) << s.facts.id;
        EXPECT_DOUBLE_EQ(cost.solves, s.facts.solves * alone.looks) << s.facts.id;
        ++tried;
      }
  EXPECT_GT(tried, 0);
}

TEST(EveryWrapper, CostsAsManyStepsOfTheWrappedRuleAsItStates) {
  int tried = 0;
  for (const StageFacts& s : rule_catalogue())
    for (const StageFacts* scheme : schemes()) {
      if (s.kind != StageKind::kWrapper || scheme->needs_products || scheme->facts.needs.losses)
        continue;
      if (!fits(parse_pipe(scheme->facts.id), bent())) continue;
      const Cost cost = cost_of_a_step("conopt | " + scheme->facts.id + " | " + s.facts.id, bent());
      const Cost inner = cost_of_a_step("conopt | " + scheme->facts.id, bent());
      const Cost start = cost_of_the_start("conopt | " + scheme->facts.id, bent());
      EXPECT_DOUBLE_EQ(cost.calls, s.facts.calls * inner.calls + s.facts.starts * start.calls)
          << s.facts.id;
      EXPECT_DOUBLE_EQ(cost.products,
                       s.facts.calls * inner.products + s.facts.starts * start.products)
          << s.facts.id;
      ++tried;
    }
  EXPECT_GT(tried, 0);
}

}  // namespace
}  // namespace gyre
