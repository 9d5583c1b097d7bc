// Advice: goals, choice, proof and objections on games of which the answers are known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/analysis/advise.hpp"
#include "gyre/analysis/advise_json.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

#include <nlohmann/json.hpp>

namespace gyre {
namespace {

using testing::HasSubstr;

AdviceWords about(Game game, std::vector<std::string> rules = {}) {
  AdviceWords words{.game = std::move(game)};
  for (const std::string& rule : rules) words.rules.push_back(parse_pipe(rule));
  if (rules.empty()) words.rules = all_rules();
  words.starts = 8;
  return words;
}

Objection objection_to(const Advice& advice, const std::string& rule) {
  for (const Warning& w : advice.warnings)
    if (brief(w.rule) == rule) return w.objection;
  ADD_FAILURE() << "nothing is said against " << rule;
  return Objection::kUndefined;
}

std::string all_text(const AdviceWords& words, const Advice& advice) {
  std::string text;
  for (const AdviceSection& s : advice_sections(words, advice)) {
    text += s.heading + "\n";
    for (const std::string& p : s.paragraphs) text += p + "\n";
  }
  return text;
}

TEST(Advice, OfAFewRulesTakesTheFastestForTheWork) {
  // On x*y at their best: extragradient sqrt(3)/2 for two calls, optimism 1/sqrt(2) for one.
  const AdviceWords words = about(parse_game("min x max y: x*y"), {"gda", "eg", "ogda"});
  const Advice advice = advise(words);
  ASSERT_TRUE(advice.best.has_value());
  EXPECT_EQ(advice.best->rule.stages[0].facts().facts.id, "optimistic");
  EXPECT_NEAR(advice.best->predicted, std::sqrt(0.5), 1e-3);
  // Two roots meet at the best step: distances go like t times the t-th power for a while.
  EXPECT_NEAR(advice.best->measured, advice.best->predicted, 0.05);
  EXPECT_NEAR(advice.best->eta_limit, 1.0 / std::sqrt(3.0), 1e-9);
  EXPECT_EQ(advice.best->shown.arrived, words.starts);
  EXPECT_FALSE(advice.plain.has_value());  // it asks for gradients only
  EXPECT_EQ(objection_to(advice, "simultaneous"), Objection::kRepelled);
}

TEST(Advice, ProvesItsChoiceFromStartsThatHadNoPartInIt) {
  const AdviceWords words = about(parse_game("min x max y: x*y"), {"eg"});
  const Advice advice = advise(words);
  ASSERT_TRUE(advice.best.has_value());
  ASSERT_EQ(advice.trial.size(), 1u);
  EXPECT_EQ(advice.best->rule.text(), advice.trial[0].rule.text());
  for (std::size_t i = 0; i < words.starts; ++i)
    EXPECT_NE(advice.best->shown.trials[i].outcome.last, advice.trial[0].trials[i].outcome.last);
}

TEST(Advice, NamesARuleForThoseWhoHaveGradientsOnly) {
  const Advice advice = advise(about(parse_game("min x max y: x*y"), {"hgd", "eg", "gda"}));
  ASSERT_TRUE(advice.best.has_value());
  EXPECT_EQ(brief(advice.best->rule).substr(0, 3), "hgd");
  ASSERT_TRUE(advice.plain.has_value());
  EXPECT_EQ(advice.plain->rule.stages[0].facts().facts.id, "extragradient");
}

TEST(Advice, AimsAtEquilibriaAndNotAtWhatMerelyAttracts) {
  const AdviceWords words = about(catalogue_game("adolphs"));
  const Advice advice = advise(words);
  ASSERT_EQ(advice.goals.size(), 1u);
  EXPECT_TRUE(advice.equilibria);
  const std::vector<double>& goal = advice.analysis.points[advice.goals[0]].found.at;
  EXPECT_NEAR(goal[0], -2.0 - std::sqrt(2.0), 1e-9);
  ASSERT_TRUE(advice.best.has_value());
  EXPECT_EQ(advice.best->point, advice.goals[0]);
  EXPECT_GT(advice.best->shown.arrived, words.starts / 2);
}

TEST(Advice, SaysWhereThereIsNoEquilibriumToFind) {
  const AdviceWords words = about(catalogue_game("forsaken"), {"eg", "ogda", "gda"});
  const Advice advice = advise(words);
  EXPECT_FALSE(advice.equilibria);
  ASSERT_EQ(advice.goals.size(), 1u);  // it attracts gradient steps, after all
  const std::string text = all_text(words, advice);
  EXPECT_THAT(text, HasSubstr("None of the critical points in the box is an equilibrium"));
  EXPECT_THAT(text, HasSubstr("a cycle of period 7.548"));
  for (const Warning& w : advice.warnings) EXPECT_NE(w.objection, Objection::kStrays);
}

TEST(Advice, WithoutACriticalPointHasNoRuleToOffer) {
  const AdviceWords words = about(parse_game("min x max y: exp(x) + y"));
  const Advice advice = advise(words);
  EXPECT_TRUE(advice.goals.empty());
  EXPECT_FALSE(advice.best.has_value());
  EXPECT_THAT(all_text(words, advice), HasSubstr("No critical point was found in the box"));
}

TEST(Advice, ObjectsToWhatIsNotDefinedOrNeverArrives) {
  const Advice mixed = advise(about(catalogue_game("rps"), {"mwu", "omwu"}));
  ASSERT_TRUE(mixed.best.has_value());
  EXPECT_EQ(objection_to(mixed, "mwu"), Objection::kRepelled);
  const Advice free = advise(about(parse_game("min x max y: x*y"), {"mwu", "follow-ridge", "eg"}));
  EXPECT_EQ(objection_to(free, "mwu"), Objection::kUndefined);
  EXPECT_EQ(objection_to(free, "follow-ridge"), Objection::kUndefined);
}

TEST(Advice, DoesNotRecommendDrafts) {
  const Advice advice = advise(about(parse_game("min x max y: x*y"), {"cross-curl", "eg"}));
  ASSERT_TRUE(advice.best.has_value());
  EXPECT_EQ(advice.best->rule.stages[0].facts().facts.id, "extragradient");
}

TEST(Advice, IsTheSameForAnyNumberOfThreads) {
  AdviceWords words = about(catalogue_game("forsaken"));
  const std::string one = advice_json(words, advise(words)).dump();
  words.threads = 3;
  EXPECT_EQ(advice_json(words, advise(words)).dump(), one);
}

TEST(Advice, StopsWhenItIsTold) {
  AdviceWords words = about(catalogue_game("forsaken"));
  const std::atomic<bool> stop{true};
  words.cancel = &stop;
  const Advice advice = advise(words);
  EXPECT_TRUE(advice.cancelled);
  EXPECT_FALSE(advice.best.has_value());
}

TEST(Advice, HasNoNumberThatIsNone) {
  for (const char* name : {"tandem", "betty-sue", "jin-cos"}) {
    const AdviceWords words = about(catalogue_game(name));
    const std::string text = all_text(words, advise(words));
    EXPECT_THAT(text, testing::Not(HasSubstr("nan"))) << name;
    EXPECT_THAT(text, testing::Not(HasSubstr(" inf"))) << name;
  }
}

}  // namespace
}  // namespace gyre
