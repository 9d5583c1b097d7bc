#include "gyre/analysis/atlas.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "gyre/analysis/atlas_json.hpp"
#include "gyre/core/error.hpp"

namespace gyre {
namespace {

AtlasCell cell_of(const std::string& game, const std::string& rule, AtlasOptions options = {}) {
  return AtlasGround(game, options).cell({rule, parse_pipe(rule)});
}

// In closed form: a plain step multiplies the distance by sqrt(1 + eta^2), a look ahead by
// sqrt(1 - eta^2 + eta^4).
TEST(Atlas, PlainStepsOnTheBilinearGameRunAwayAsForetold) {
  const AtlasCell cell = cell_of("xy", "gda");
  EXPECT_EQ(theory_of(cell), Theory::kRepels);
  EXPECT_NEAR(cell.points[0].radius, std::sqrt(1.01), 1e-12);
  EXPECT_EQ(cell.points[0].beside, Beside::kLeaves);
  EXPECT_EQ(cell.diverged, cell.starts());
  EXPECT_EQ(cell.accord, Accord::kAgree);
  EXPECT_EQ(cell.points[0].eta_limit, 0.0);
}

TEST(Atlas, ALookAheadSettlesThereAtTheForetoldRate) {
  const AtlasCell cell = cell_of("xy", "extragradient");
  EXPECT_EQ(theory_of(cell), Theory::kAttracts);
  EXPECT_EQ(cell.settled, 16u);
  EXPECT_EQ(cell.points[0].arrived, 16u);
  EXPECT_NEAR(cell.predicted, std::sqrt(1.0 - 0.01 + 0.0001), 1e-12);
  EXPECT_NEAR(cell.measured, cell.predicted, 1e-6);
  EXPECT_NEAR(cell.points[0].rate, cell.predicted, 1e-6);
  EXPECT_NEAR(cell.points[0].eta_limit, 1.0, 1e-9);
  EXPECT_NEAR(cell.points[0].eta_best, std::sqrt(0.5), 1e-6);
  EXPECT_EQ(cell.calls, 2.0 * cell.steps);
  EXPECT_EQ(cell.accord, Accord::kAgree);
}

TEST(Atlas, TakingTurnsIsNeutralAndCycles) {
  const AtlasCell cell = cell_of("xy", "alt-gda");
  EXPECT_EQ(theory_of(cell), Theory::kNeutral);
  EXPECT_EQ(cell.cycling, 16u);
  EXPECT_EQ(cell.accord, Accord::kAgree);
}

// The published case: every start outside the fence ends on the cycle, so a point that attracts is
// missed by most; and a start on the cycle does not come off.
TEST(Atlas, SmallStepsAreCaughtByASpuriousCycle) {
  const AtlasGround ground("forsaken", {});
  ASSERT_EQ(ground.cycles().size(), 1u);
  EXPECT_NEAR(ground.cycles()[0].period, 7.55, 6e-3);
  for (const char* rule : {"eg", "ogda", "gda"}) {
    const AtlasCell cell = ground.cell({rule, parse_pipe(rule)});
    EXPECT_EQ(theory_of(cell), Theory::kAttracts) << rule;
    EXPECT_EQ(cell.points[0].beside, Beside::kComes) << rule;
    EXPECT_GT(cell.cycling, 10u) << rule;
    EXPECT_EQ(on_cycles(cell), 4u);
    EXPECT_EQ(caught(cell), 4u) << rule;
  }
}

// Any place on the line will do, and the list has only one of them.
TEST(Atlas, OnALineOfEquilibriaEveryPlaceIsASolution) {
  const AtlasGround ground("betty-sue", {});
  const AtlasCell cell = ground.cell({"gda", parse_pipe("gda")});
  EXPECT_EQ(cell.elsewhere, cell.starts());
  EXPECT_EQ(cell.equilibria, cell.starts());
  EXPECT_EQ(solved(cell, ground.points()), cell.starts());
  const AtlasGround saddle("adolphs", {});  // standing at what merely attracts is none
  const AtlasCell wrong = saddle.cell({"gda", parse_pipe("gda")});
  EXPECT_EQ(wrong.equilibria, 0u);
}

TEST(Atlas, SaysWhereTheSpectrumIsSilent) {
  const AtlasCell cell = cell_of("xy", "adam");
  EXPECT_EQ(theory_of(cell), Theory::kSilent);
  EXPECT_EQ(cell.accord, Accord::kOpen);
  EXPECT_FALSE(cell.silent.empty());
  EXPECT_TRUE(std::isnan(cell.points[0].radius));
}

TEST(Atlas, SaysWhyARuleIsUndefined) {
  const AtlasCell cell = cell_of("xy", "follow-ridge");
  EXPECT_FALSE(cell.is_defined());
  EXPECT_EQ(cell.starts(), 0u);
  EXPECT_TRUE(cell.points.empty());
}

TEST(Atlas, TunesToTheBestStepSize) {
  const AtlasCell cell = cell_of("xy", "extragradient", {.tune = true});
  EXPECT_THAT(cell.pipe, testing::StartsWith("extragradient(eta=0.70710"));
  EXPECT_NEAR(cell.predicted, std::sqrt(0.75), 1e-6);
  EXPECT_NEAR(cell.measured, cell.predicted, 1e-4);
  // Nothing to tune where no step size attracts, and where there is no slope.
  EXPECT_EQ(cell_of("xy", "gda", {.tune = true}).pipe, "simultaneous(eta=0.1)");
  EXPECT_EQ(cell_of("xy", "adam", {.tune = true}).pipe, parse_pipe("adam").text());
}

TEST(Atlas, ARuleIsTheSameWhateverRanBefore) {
  const AtlasGround ground("forsaken", {});
  const AtlasRule rule{"sos", parse_pipe("sos")};
  const auto alone = atlas_json({"", {}, {}, {ground.cell(rule)}}).dump();
  ground.cell({"lola", parse_pipe("lola")});
  EXPECT_EQ(atlas_json({"", {}, {}, {ground.cell(rule)}}).dump(), alone);
}

TEST(Atlas, DrawsAFewPathsAndOneFromTheCycle) {
  const AtlasGround ground("forsaken", {});
  std::vector<AtlasDrawing> drawn;
  ground.cell({"eg", parse_pipe("eg")}, &drawn);
  ASSERT_EQ(drawn.size(), 5u);
  for (const auto& [shape, course] : drawn) {
    EXPECT_EQ(shape.size(), 240u);
    EXPECT_LT(shape.steps.back(), 1000u);
    EXPECT_GT(course.size(), 60u);
    EXPECT_LE(course.size(), 128u);
    EXPECT_GT(course.steps.back(), 9000u);
    EXPECT_EQ(course.steps.front(), 0u);
  }
  EXPECT_NEAR(drawn.back().shape.at(0)[0], ground.cycles()[0].path[0][0], 1e-12);
}

TEST(Atlas, EveryStageIsARuleAndNoneIsThereTwice) {
  std::set<std::string> texts, names;
  for (const AtlasRule& rule : atlas_rules()) {
    EXPECT_TRUE(texts.insert(rule.pipe.text()).second) << rule.name;
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  }
  for (const StageFacts& stage : rule_catalogue())
    EXPECT_NE(texts.contains(parse_pipe(stage.facts.id).text()), stage.facts.draws)
        << stage.facts.id;
  for (const Alias& alias : rule_aliases())
    EXPECT_TRUE(texts.contains(parse_pipe(alias.name).text())) << alias.name;
}

TEST(AtlasJson, ReadsBackToTheLastBit) {
  const AtlasGround ground("forsaken", {.starts = 3, .steps = 500});
  AtlasGame game{"forsaken", ground.points(), ground.cycles(), {}};
  for (const char* rule : {"eg", "adam", "mwu", "hgd", "newton"})
    game.cells.push_back(ground.cell({rule, parse_pipe(rule)}));
  const nlohmann::ordered_json json = atlas_json(game);
  const auto again = nlohmann::ordered_json::parse(json.dump());
  EXPECT_EQ(atlas_json(atlas_game(again)).dump(), json.dump());
  EXPECT_THAT(json.dump(), testing::Not(testing::HasSubstr("nan")));
}

TEST(AtlasJson, RefusesWhatIsNone) {
  for (const char* text : {"[]", "{}", R"({"game": "xy", "points": 3, "cycles": [], "cells": []})"})
    EXPECT_THROW(atlas_game(nlohmann::ordered_json::parse(text)), Error) << text;
}

}  // namespace
}  // namespace gyre
