// The equations that a rule prints are what its code does.
#include "gyre/rules/equations_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "gyre/core/random.hpp"
#include "gyre/core/text.hpp"

namespace gyre {
namespace {

using namespace testing;

/// A stage with every parameter drawn by chance, near its default where it has one.
std::string random_stage(const StageFacts& s, const HandGame& game, Stream& random) {
  std::vector<std::string> args;
  for (const ParamFacts& p : s.params) {
    const std::string& first = game.players.front().front();
    const std::string& last = game.players.back().front();
    double value = p.initial * random.uniform(0.5, 1.1);
    if (p.kind == ParamKind::kCount) value = std::floor(random.uniform(p.range.low, 4.0));
    if (p.kind == ParamKind::kRealPerPlayer) value = random.uniform(-1.0, 2.0);
    if (p.kind == ParamKind::kCountPerPlayer) value = std::floor(random.uniform(1.0, 4.0));
    if (p.kind == ParamKind::kOrder) {
      std::vector<std::string> order;
      for (const auto& names : game.players) order.push_back(names.front());
      std::rotate(order.begin(), order.begin() + 1, order.end());
      if (random.uniform() < 0.5) args.push_back(p.name + "=" + join(order, ">"));
    } else if (p.name == "PLAYER") {
      args.push_back((random.uniform() < 0.5 ? first : last) + "=" + number(value));
    } else {
      args.push_back(p.name + "=" + number(std::clamp(value, p.range.low, p.range.high)));
    }
  }
  return s.facts.id + "(" + join(args, ", ") + ")";
}

void expect_same(const Pipe& pipe, const HandGame& game) {
  SCOPED_TRACE(pipe.text() + " on " + game.text);
  PlainRun code(pipe, game);
  Stated stated(pipe, game);
  // Both do the same sums in another order; eight steps from points of length one lose little.
  // Where a system is nearly singular its solution has fewer digits.
  const bool solves = std::ranges::any_of(
      pipe.stages, [](const StageSpec& s) { return s.facts().facts.solves > 0.0; });
  const double tolerance = mixes(pipe) ? 1e-9 : solves ? 1e-11 : 1e-12;
  auto same = [&](const Numbers& a, const Numbers& b, const std::string& what) {
    ASSERT_EQ(a.size(), b.size());
    if (!(length(a) < 1e3) && !(length(b) < 1e3)) return;  // what runs away blows its roundings up
    EXPECT_LE(length(difference(a, b)), tolerance * (1.0 + length(b))) << what;
  };
  for (int t = 0; t < (mixes(pipe) ? 2 : 8); ++t) {
    std::size_t i = 0;
    auto compare_slots = [&](std::size_t stage) {
      for (const Slot& slot : pipe.stages[stage].facts().facts.memory)
        same(code.memory[i++].numbers(), stated.slot(stage, slot.name).numbers(),
             slot.name + " before step " + std::to_string(t));
    };
    for (std::size_t stage = 0; stage < pipe.stages.size(); ++stage) compare_slots(stage);
    EXPECT_EQ(i, code.memory.size());
    code.step();
    stated.step();
    // What has diverged has no digits left to compare.
    if (!(length(stated.at()) < 1e6) && !(length(code.at()) < 1e6)) return;
    same(code.at(), stated.at(), "w at step " + std::to_string(t));
    same(code.output(), stated.output(), "output at step " + std::to_string(t));
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(EveryRule, DoesWhatItsEquationsSay) {
  ASSERT_FALSE(rule_catalogue().empty());
  for (const StageFacts& s : rule_catalogue())
    for (std::uint64_t draw = 0; draw < 6; ++draw)
      for (const HandGame& game : games_by_hand()) {
        Stream random(1, "equations " + s.facts.id, draw);
        for (const std::string& pipe : pipes_with(s, random_stage(s, game, random)))
          if (fits(parse_pipe(pipe), game)) expect_same(parse_pipe(pipe), game);
      }
}

TEST(EveryRule, DoesWhatItsEquationsSayBehindOthers) {
  int tried = 0;
  for (const StageFacts& first : rule_catalogue())
    for (const StageFacts& second : rule_catalogue()) {
      if (first.kind != StageKind::kField || second.kind != StageKind::kField) continue;
      if (second.needs_products && !first.facts.offers_products) continue;
      if (second.facts.needs.losses) continue;
      const HandGame game = bent();
      Stream random(2, "equations " + first.facts.id, tried++);
      const std::string both =
          random_stage(first, game, random) + " | " + random_stage(second, game, random);
      for (const StageFacts& scheme : rule_catalogue())
        if (scheme.kind == StageKind::kScheme && !scheme.needs_products &&
            !scheme.facts.needs.losses && fits(parse_pipe(both + " | " + scheme.facts.id), game))
          expect_same(parse_pipe(both + " | " + random_stage(scheme, game, random)), game);
    }
  EXPECT_GT(tried, 0);
}

}  // namespace
}  // namespace gyre
