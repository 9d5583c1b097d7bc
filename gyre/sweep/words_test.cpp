#include "gyre/sweep/words.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "gyre/core/error.hpp"

namespace gyre {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refused(auto&& read) {
  try {
    read();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(SweepToml, KeepsTheOrderOfTheFile) {
  const SweepWords words = sweep_toml(
      "game = 'forsaken'\nrule = ['gda', 'eg']\nsteps = 500\nkeep = ['outcome', 'steps']\n"
      "[axes]\ny = '-1:1:10'\nx = [0, 0.5]\n[set]\na = 2\n",
      "a.toml");
  EXPECT_EQ(words.game, "forsaken");
  EXPECT_EQ(words.steps, "500");
  EXPECT_EQ(words.keep, "outcome,steps");
  EXPECT_THAT(words.rules, ElementsAre("gda", "eg"));
  EXPECT_THAT(words.axes, ElementsAre("y=-1:1:10", "x=0,0.5"));
  EXPECT_THAT(words.settings, ElementsAre("a=2"));
}

TEST(SweepToml, TellsWhereItIsWrong) {
  EXPECT_THAT(refused([] { sweep_toml("game = 'xy'\naxis = 1\n", "a.toml"); }),
              HasSubstr("a.toml:2:1: unknown key 'axis'"));
  EXPECT_THAT(refused([] { sweep_toml("game = [\n", "a.toml"); }), HasSubstr("a.toml:"));
}

TEST(SweepYaml, GridsBecomeAxes) {
  const SweepWords words = sweep_yaml(
      "method: grid\nname: first\nparameters:\n  game:\n    value: xy\n  rule:\n"
      "    values: [gda, eg]\n  eta:\n    values: [0.1, 0.2]\n  seed:\n    min: 0\n    max: 9\n"
      "    distribution: int_uniform\n",
      "a.yaml");
  EXPECT_EQ(words.game, "xy");
  EXPECT_THAT(words.rules, ElementsAre("gda", "eg"));
  EXPECT_THAT(words.axes, ElementsAre("eta=0.1,0.2", "seed=0:9"));
  EXPECT_TRUE(words.draws.empty());
}

TEST(SweepYaml, RandomSweepsBecomeDraws) {
  const SweepWords words = sweep_yaml(
      "method: random\nrun_cap: 100\nparameters:\n  game: {value: xy}\n"
      "  eta: {distribution: log_uniform_values, min: 1e-3, max: 1}\n"
      "  x: {min: -2.0, max: 2.0}\n  k: {min: 1, max: 9}\n  y: {values: [1, 2]}\n"
      "  z: {distribution: q_uniform, min: 0, max: 1, q: 0.25}\n"
      "  u: {distribution: normal, mu: 0, sigma: 2}\n"
      "  v: {distribution: log_uniform, min: 0, max: 0.5}\n",
      "a.yaml");
  EXPECT_EQ(words.runs, "100");
  EXPECT_THAT(words.draws,
              ElementsAre("eta=log:0.001:1", "x=uniform:-2:2", "k=whole:1:9", "y=1,2",
                          "z=uniform:0:1:step=0.25", "u=normal:0:2", "v=log:1:1.6487212707001282"));
}

TEST(SweepYaml, TellsWhereItIsWrong) {
  const std::pair<const char*, const char*> wrong[] = {
      {"method: bayes\nparameters: {}\n", "a.yaml:1:9: 'method' is grid or random"},
      {"parameters: {}\n", "lacks the key 'method'"},
      {"method: random\nparameters:\n  x:\n    mn: 1\n", "a.yaml:4:5: unknown key 'mn'"},
      {"method: random\nparameters:\n  x: {min: 0, max: 1.5}\n", "run_cap"},
      {"method: random\nrun_cap: 3\nparameters:\n  x: {distribution: unifrom, min: 0, max: 1}\n",
       "did you mean 'uniform'"},
      {"method: grid\nparameters:\n  x: {min: 0.5, max: 1.5}\n", "give 'values'"},
      {"method: grid\nparameters:\n  x: {min: a, max: 1.5}\n", "must be a number"},
      {"method: [grid\n", "this is not YAML"},
      {"- 1\n", "a map with 'method'"},
  };
  for (const auto& [text, why] : wrong)
    EXPECT_THAT(refused([&] { sweep_yaml(text, "a.yaml"); }), HasSubstr(why)) << text;
}

TEST(SweepWords, WhatIsTypedGoesFirst) {
  SweepWords typed{.steps = "10", .axes = {"x=0:1:3"}};
  typed.complete({.game = "xy", .steps = "20", .rules = {"eg"}, .axes = {"x=5,6", "y=0,1"}});
  EXPECT_EQ(typed.game, "xy");
  EXPECT_EQ(typed.steps, "10");
  EXPECT_THAT(typed.rules, ElementsAre("eg"));
  EXPECT_THAT(typed.axes, ElementsAre("y=0,1", "x=0:1:3"));
  EXPECT_EQ(words_json(words_of(words_json(typed))), words_json(typed));
}

}  // namespace
}  // namespace gyre
