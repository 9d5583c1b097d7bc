#include "gyre/sweep/plan.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "gyre/analysis/starts.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/sweep/lanes.hpp"
#include "gyre/sweep/preset.hpp"

namespace gyre {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SweepPlan plan_of(const Game& game, std::vector<std::string> rules, std::vector<std::string> axes) {
  SweepPlan plan;
  plan.game = game;
  for (const std::string& rule : rules) plan.rules.push_back(parse_pipe(rule));
  for (const std::string& axis : axes) plan.axes.push_back(parse_axis(axis));
  plan.start = default_start(game, 1);
  plan.keep = {Quantity::kOutcome};
  return plan;
}

std::string refused(SweepPlan plan) {
  try {
    arrange(plan);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// Coordinates and knobs of one run.
std::vector<double> filled(SweepLanes& lanes, std::uint64_t lane) {
  const Variant& variant = lanes.variant(lane / lanes.each());
  std::vector<double> values(variant.traced.dim + variant.knobs.size());
  std::vector<double*> rows;
  for (double& v : values) rows.push_back(&v);
  lanes.fill(variant, lane, 1, std::span(rows).first(variant.traced.dim),
             std::span(rows).subspan(variant.traced.dim));
  return values;
}

TEST(Plan, TheFirstAxisIsTheSlowestAndPlacesAreWhatTheyAre) {
  SweepPlan plan =
      plan_of(catalogue_game("xy"), {"simultaneous"}, {"y=0:1:3", "eta=0.1,0.2", "x=-1:1:5"});
  arrange(plan);
  EXPECT_THAT(plan.shape(), ElementsAre(3, 2, 5));
  SweepLanes lanes(plan);
  ASSERT_EQ(lanes.size(), 30u);
  EXPECT_THAT(lanes.variant(0).knobs, ElementsAre("simultaneous.eta"));
  EXPECT_THAT(filled(lanes, 0), ElementsAre(-1.0, 0.0, 0.1));
  EXPECT_THAT(filled(lanes, 1), ElementsAre(-0.5, 0.0, 0.1));
  EXPECT_THAT(filled(lanes, 5), ElementsAre(-1.0, 0.0, 0.2));
  EXPECT_THAT(filled(lanes, 29), ElementsAre(1.0, 1.0, 0.2));
}

TEST(Plan, ProgramsAreMadeForRulesAndWholeNumbersWhichComeFirst) {
  SweepPlan plan = plan_of(catalogue_game("xy"), {"gda | lookahead", "eg | lookahead"},
                           {"x=-1:1:3", "lookahead.k=2:4"});
  arrange(plan);
  EXPECT_THAT(plan.shape(), ElementsAre(2, 3, 3));
  EXPECT_EQ(plan.axes[0].name, "rule");
  EXPECT_EQ(plan.axes[1].name, "lookahead.k");
  SweepLanes lanes(plan);
  EXPECT_EQ(lanes.variants(), 6u);
  EXPECT_THAT(lanes.variant(4).rule.text(), HasSubstr("extragradient"));
  EXPECT_THAT(lanes.variant(4).rule.text(), HasSubstr("k=3"));
  EXPECT_THAT(filled(lanes, 14)[0], 1.0);
}

TEST(Plan, NamesAreExplainedWhereTheyAreUnclear) {
  const Game xy = catalogue_game("xy");
  EXPECT_THAT(refused(plan_of(xy, {"simultaneous"}, {"zeta=0:1:3"})), HasSubstr("'zeta'"));
  EXPECT_THAT(refused(plan_of(xy, {"extragradient"}, {"etta=0:1:3"})),
              HasSubstr("did you mean 'eta'"));
  EXPECT_THAT(refused(plan_of(xy, {"momentum | rmsprop | simultaneous"}, {"beta=0:0.5:3"})),
              HasSubstr("momentum.beta or rmsprop.beta"));
  const Game own = parse_game("min x max y: x*y + eta*x^2; eta = 1");
  EXPECT_THAT(refused(plan_of(own, {"simultaneous"}, {"eta=0:1:3"})),
              HasSubstr("simultaneous.eta or game.eta"));
  EXPECT_EQ(refused(plan_of(own, {"simultaneous"}, {"game.eta=0:1:3"})), "");
}

TEST(Plan, RefusesWhatCannotBeSwept) {
  const Game xy = catalogue_game("xy");
  EXPECT_THAT(refused(plan_of(xy, {"simultaneous"}, {})), HasSubstr("needs an axis"));
  EXPECT_THAT(refused(plan_of(xy, {"simultaneous"}, {"x=0:1:3", "start.x=0:1:3"})),
              HasSubstr("moved twice"));
  EXPECT_THAT(refused(plan_of(xy, {"simultaneous"}, {"eta=-1:1:3"})), HasSubstr("between 0 and"));
  EXPECT_THAT(refused(plan_of(xy, {"eg | lookahead"}, {"k=2:4:5"})), HasSubstr("whole numbers"));
  EXPECT_THAT(refused(plan_of(xy, {"simultaneous"}, {"x=0:9"})), HasSubstr("how many values"));
  EXPECT_THAT(refused(plan_of(xy, {"simultaneous"}, {"x=0:1:1e6", "y=0:1:1e6", "eta=0:1:1000"})),
              HasSubstr("at most"));
}

TEST(Plan, DrawsDependOnTheRunAlone) {
  SweepPlan plan = plan_of(catalogue_game("xy"), {"simultaneous"}, {"x=0,1"});
  plan.draws = {parse_draw("eta=log:1e-3:1"), parse_draw("y=-1:1")};
  plan.runs = 100;
  arrange(plan);
  EXPECT_THAT(plan.shape(), ElementsAre(2, 100));
  SweepLanes lanes(plan);
  const auto one = filled(lanes, 7), other = filled(lanes, 107);
  EXPECT_EQ(one[1], other[1]);  // the same draw for both values of x
  EXPECT_EQ(one[2], other[2]);
  EXPECT_EQ(one[0], 0.0);
  EXPECT_EQ(other[0], 1.0);
  EXPECT_NE(filled(lanes, 8)[1], one[1]);
}

TEST(Plan, EverySeedHasAStartOfItsOwn) {
  SweepPlan plan = plan_of(catalogue_game("xy"), {"simultaneous"}, {"seed=3:5"});
  plan.random_start = true;
  arrange(plan);
  SweepLanes lanes(plan);
  for (std::uint64_t k = 0; k < 3; ++k)
    EXPECT_EQ(filled(lanes, k), random_starts(plan.game, 1, 3 + k).front());
}

TEST(Plan, DifferencesAreTold) {
  SweepPlan a = plan_of(catalogue_game("xy"), {"simultaneous"}, {"x=0:1:3"}), b = a;
  b.steps = 77;
  b.axes[0].count = 4;
  EXPECT_TRUE(differences(plan_json(a), plan_json(a)).empty());
  EXPECT_THAT(differences(plan_json(a), plan_json(b)),
              ElementsAre("axes.0.count: 3 there, 4 here", "steps: 4000 there, 77 here"));
}

TEST(Preset, FillsInWhatIsLeftOpen) {
  for (const char* game : {"forsaken", "almost-bilinear", "adolphs", "xy"})
    for (const Preset preset : {Preset::kBasin, Preset::kStability, Preset::kRobustness}) {
      SweepPlan plan =
          plan_of(catalogue_game(game), {std::string(usual_rule(preset))}, {"eta=0.1,0.2"});
      plan.start.clear();
      apply(preset, plan);
      plan.start = default_start(plan.game, 1);
      arrange(plan);
      ASSERT_EQ(plan.axes.size(), 2u) << game;
      EXPECT_EQ(plan.axes[0].text(), "0.1,0.2") << game;  // what was typed stays
    }
}

}  // namespace
}  // namespace gyre
