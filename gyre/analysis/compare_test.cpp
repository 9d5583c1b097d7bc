#include "gyre/analysis/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "gyre/analysis/compare_json.hpp"
#include "gyre/analysis/compare_record.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/analysis/work.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

Comparison of(Game game, std::initializer_list<const char*> rules, std::size_t starts = 8) {
  Comparison c;
  c.game = std::move(game);
  for (const char* rule : rules) c.rules.push_back(parse_pipe(rule));
  c.starts = random_starts(c.game, starts, 1);
  return c;
}

const Contender& contender(const ComparisonResult& result, const std::string& rule) {
  for (const Contender& c : result.ranking)
    if (brief(c.rule) == rule) return c;
  throw Error("no contender " + rule);
}

std::size_t count(const Contender& c, Ending e) { return c.endings[static_cast<std::size_t>(e)]; }

TEST(Quartiles, AreThoseOfTheTextbook) {
  const Quartiles q = quartiles({7, 1, 3, 5});
  EXPECT_EQ(q.low, 2.5);
  EXPECT_EQ(q.median, 4.0);
  EXPECT_EQ(q.high, 5.5);
  const Quartiles one = quartiles({2});
  EXPECT_EQ(one.low, 2.0);
  EXPECT_EQ(one.high, 2.0);
}

TEST(Quartiles, TakeInfinityAndLeaveOutWhatIsNoNumber) {
  const Quartiles q = quartiles({kUnknown, 1, kInfinite, 2, kInfinite});
  EXPECT_EQ(q.low, 1.75);
  EXPECT_EQ(q.median, kInfinite);
  EXPECT_EQ(q.high, kInfinite);
  EXPECT_EQ(quartiles({kInfinite, kInfinite}).low, kInfinite);
  EXPECT_TRUE(std::isnan(quartiles({}).median));
}

TEST(Work, ChargesProductsAndSystems) {
  const Game game = parse_game("min x max y: x*y");
  EXPECT_EQ(work_a_step(trace(game, parse_pipe("gda"))), 1.0);
  EXPECT_EQ(work_a_step(trace(game, parse_pipe("eg"))), 2.0);
  EXPECT_EQ(work_a_step(trace(game, parse_pipe("hgd"))), 2.0);     // a call, a product
  EXPECT_EQ(work_a_step(trace(game, parse_pipe("cgd"))), 3.0);     // a call, a system for two
  EXPECT_EQ(work_a_step(trace(game, parse_pipe("newton"))), 4.0);  // and a product
  const Traced eg = trace(game, parse_pipe("eg"));
  EXPECT_EQ(steps_for(eg, 1.0), 0u);
  EXPECT_EQ(steps_for(eg, 101.0), 50u);
}

// What a product costs beside the field: the operations of a step of hgd, which takes one, against
// those of a plain step. The charge must not be less.
TEST(Work, ChargesProductsAtLeastWhatTheyCost) {
  std::vector<double> dearer;
  for (const CatalogueEntry& entry : catalogue()) {
    const Game game = catalogue_game(entry.name);
    if (!game.regions.empty() || game.dim() > 8) continue;  // projection would hide it
    const double plain = trace(game, parse_pipe("gda")).step.cost();
    dearer.push_back((trace(game, parse_pipe("hgd")).step.cost() - plain) / plain);
  }
  ASSERT_GT(dearer.size(), 30u);
  EXPECT_NEAR(quartiles(dearer).median, 0.5, 0.2);
  EXPECT_LE(quartiles(dearer).high, kCallsAProduct);
}

TEST(Brief, ReadsAsTheSameRule) {
  EXPECT_EQ(brief(parse_pipe("adam | simultaneous(eta=0.1)")), "adam");
  EXPECT_EQ(brief(parse_pipe("simultaneous")), "simultaneous");
  EXPECT_EQ(brief(parse_pipe("simultaneous(eta=0.2) | average")),
            "simultaneous(eta=0.2) | average");
  for (const Pipe& rule : all_rules())
    EXPECT_EQ(parse_pipe(brief(rule)).text(), rule.text()) << brief(rule);
}

TEST(AllRules, AreStagesAndAliasesEachOnce) {
  std::set<std::string> texts;
  for (const Pipe& rule : all_rules()) EXPECT_TRUE(texts.insert(rule.text()).second);
  for (const StageFacts& stage : rule_catalogue())
    EXPECT_NE(texts.contains(parse_pipe(stage.facts.id).text()), stage.facts.draws)
        << stage.facts.id;
  for (const Alias& alias : rule_aliases())
    EXPECT_TRUE(texts.contains(parse_pipe(alias.name).text())) << alias.name;
}

TEST(Compare, RanksThreeRulesOfTheArticle) {
  const ComparisonResult result = compare(of(catalogue_game("xy"), {"gda", "alt-gda", "eg"}));
  ASSERT_EQ(result.ranking.size(), 3u);
  EXPECT_EQ(brief(result.ranking[0].rule), "extragradient");
  EXPECT_EQ(brief(result.ranking[1].rule), "alternating");
  EXPECT_EQ(brief(result.ranking[2].rule), "simultaneous");
  EXPECT_EQ(count(result.ranking[0], Ending::kSolved), 8u);
  EXPECT_EQ(count(result.ranking[1], Ending::kCycling), 8u);
  EXPECT_EQ(count(result.ranking[2], Ending::kDiverged), 8u);
  EXPECT_EQ(result.ranking[2].distance.median, kInfinite);
  EXPECT_TRUE(std::isnan(result.ranking[2].calls_to.median));
}

// The distance shrinks by the same factor each step, so the steps until 1e-6 are a logarithm.
TEST(Compare, CountsTheCallsToTheTolerance) {
  Comparison c = of(catalogue_game("xy"), {"eg", "hgd"}, 1);
  c.starts = {{1.0, 0.0}};
  const ComparisonResult result = compare(c);
  const double eg = std::sqrt((1 - 0.01) * (1 - 0.01) + 0.01);
  EXPECT_EQ(contender(result, "extragradient").calls_to.median,
            2.0 * std::ceil(std::log(1e-6) / std::log(eg)));
  EXPECT_EQ(contender(result, "hgd").calls_to.median,
            2.0 * std::ceil(std::log(1e-6) / std::log(0.9)));
}

TEST(Compare, TellsApartWhereNoEquilibriumIs) {
  // Newton's steps are drawn to every critical point; at 0 neither player is at a minimum.
  const ComparisonResult result =
      compare(of(parse_game("x: (x^2 - 1)^2; y: (y^2 - 1)^2"), {"gda", "newton(lambda=0)"}, 40));
  const Contender& newton = contender(result, "newton(lambda=0)");
  EXPECT_GT(count(newton, Ending::kElsewhere), 0u);
  EXPECT_GT(count(newton, Ending::kSolved), 0u);
  EXPECT_EQ(count(contender(result, "simultaneous"), Ending::kSolved), 40u);
  EXPECT_EQ(brief(result.ranking.front().rule), "simultaneous");
  for (const Trial& t : newton.trials)
    EXPECT_EQ(t.ending == Ending::kSolved, std::isfinite(t.calls_to));
}

TEST(Compare, MeasuresResidualsOnALineOfSolutions) {
  const ComparisonResult result =
      compare(of(parse_game("x: (x+y)^2-2*x; y: (x+y)^2-2*y"), {"gda", "cross-curl"}));
  EXPECT_FALSE(result.targets.by_distance());
  EXPECT_EQ(count(contender(result, "simultaneous"), Ending::kSolved), 8u);
  EXPECT_TRUE(contender(result, "simultaneous").distance_curve.calls.empty());
  // This rule's own field is zero everywhere here, so that it stands still anywhere.
  EXPECT_EQ(count(contender(result, "cross-curl"), Ending::kElsewhere), 8u);
  EXPECT_EQ(contender(result, "cross-curl").arrived, 0u);
}

TEST(Compare, IsNotTakenInByAFieldThatFadesFarOut) {
  // Long steps throw the players behind the bell, where the field is next to nothing.
  const ComparisonResult result =
      compare(of(parse_game("x: -exp(-x^2); y: -exp(-y^2)"), {"simultaneous(eta=60)"}, 20));
  const Contender& thrown = result.ranking.front();
  EXPECT_GT(count(thrown, Ending::kElsewhere), 5u);
  ASSERT_EQ(result.targets.points().size(), 1u);
  EXPECT_NEAR(result.targets.points()[0].at[0], 0.0, 1e-9);
}

TEST(Compare, RanksByArrivalWhereNoEquilibriumIsKnown) {
  const ComparisonResult result = compare(of(catalogue_game("forsaken"), {"gda", "conopt"}));
  EXPECT_FALSE(result.targets.has_solutions());
  EXPECT_EQ(brief(result.ranking.front().rule), "conopt");
  EXPECT_EQ(result.ranking.front().arrived, 8u);
  EXPECT_EQ(count(result.ranking.front(), Ending::kElsewhere), 8u);
  EXPECT_TRUE(std::isfinite(result.ranking.front().calls_to.median));
}

TEST(Compare, KnowsTheGapOfAMatrixGame) {
  const ComparisonResult result = compare(of(catalogue_game("rps"), {"optimistic", "gda"}));
  EXPECT_TRUE(result.gap);
  EXPECT_LT(contender(result, "optimistic").gap.median, 1e-6);
  EXPECT_GT(contender(result, "simultaneous").gap.median, 1e-2);
  EXPECT_FALSE(compare(of(catalogue_game("xy"), {"eg"})).gap);  // infinite off the saddle
}

TEST(Compare, LeavesOutWhatIsNotDefinedAndWhatIsTheSame) {
  const ComparisonResult result =
      compare(of(catalogue_game("xy"), {"gda", "mwu", "scale", "follow-ridge"}));
  ASSERT_EQ(result.ranking.size(), 1u);
  ASSERT_EQ(result.left_out.size(), 3u);
  EXPECT_NE(result.left_out[0].why.find("mixed strategies"), std::string::npos);
  EXPECT_NE(result.left_out[1].why.find("same as simultaneous"), std::string::npos);
  EXPECT_NE(result.left_out[2].why.find("singular"), std::string::npos);
  EXPECT_THROW(compare(of(catalogue_game("xy"), {"mwu"})), Error);
}

TEST(Compare, GivesTheSameBitsForAnyNumberOfThreads) {
  Comparison c = of(catalogue_game("mazumdar"), {"gda", "eg", "adam", "conopt", "momentum"});
  c.calls = 1000;
  c.tuning_starts = random_starts(c.game, 3, 2);
  const std::string one = comparison_json(c, compare(c), false).dump();
  for (const std::size_t threads : {2u, 5u}) {
    c.threads = threads;
    Comparison again = c;
    again.game = catalogue_game("mazumdar");
    EXPECT_EQ(comparison_json(again, compare(again), false).dump(), one) << threads;
  }
}

TEST(Compare, ReturnsWhatThereIsWhenCancelled) {
  Comparison c = of(catalogue_game("xy"), {"gda", "eg"});
  const std::atomic<bool> cancel{true};
  c.cancel = &cancel;
  const ComparisonResult result = compare(c);
  EXPECT_TRUE(result.cancelled);
  EXPECT_TRUE(result.ranking.empty());
}

TEST(Compare, EndsWhereTheBudgetDoesNotPayForOneStep) {
  Comparison c = of(catalogue_game("xy"), {"lookahead"});
  c.calls = 1.0;
  const ComparisonResult result = compare(c);
  EXPECT_EQ(result.ranking.front().trials[0].outcome.steps, 0u);
  EXPECT_EQ(result.ranking.front().trials[0].calls, 0.0);
  EXPECT_EQ(count(result.ranking.front(), Ending::kSpent), 8u);
}

TEST(Better, GoesByArrivalThenCallsThenErrors) {
  Contender a, b;
  a.trials.resize(4), b.trials.resize(4);
  const Targets targets(catalogue_game("xy"), std::vector<std::vector<double>>{{1.0, 1.0}});
  a.arrived = 3, b.arrived = 2;
  b.calls_to.median = 1.0;
  EXPECT_TRUE(better(a, b, targets));
  EXPECT_FALSE(better(b, a, targets));
  b.arrived = 3;
  EXPECT_TRUE(better(b, a, targets));  // a has none, which is for ever
  a.calls_to.median = 1.0;
  a.endings[static_cast<std::size_t>(Ending::kDiverged)] = 1;
  EXPECT_TRUE(better(b, a, targets));
  a.endings = {};
  a.distance.median = 0.5, b.distance.median = 0.6;
  EXPECT_TRUE(better(a, b, targets));
  EXPECT_FALSE(better(b, a, targets));
}

TEST(Within, IsTheStepAfterWhichARunStaysThere) {
  Record record{{0, 1, 2, 4}, {}, 4};
  EXPECT_EQ(within(std::vector{1.0, 1e-7, 1.0, 1e-8}, record, 1e-6), 4.0);  // 3.5 by the logarithm
  EXPECT_EQ(within(std::vector{1.0, 1e-2, 1e-4, 1e-6}, record, 1e-6), 4.0);
  EXPECT_EQ(within(std::vector{1.0, 1e-2, 1e-4, 0.0}, record, 1e-3), 2.0);
  EXPECT_EQ(within(std::vector{1e-9, 1e-9, 1e-9, 1e-9}, record, 1e-6), 0.0);
  EXPECT_EQ(within(std::vector{1e-9, 1e-9, 1e-9, 1.0}, record, 1e-6), kInfinite);
}

}  // namespace
}  // namespace gyre
