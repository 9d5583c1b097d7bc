#include "gyre/analysis/study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/analysis/starts.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

Study three_rules() {
  Study study;
  study.game = parse_game("min x max y: x*y");
  for (const char* rule : {"simultaneous", "alternating", "extragradient"})
    study.rules.push_back(parse_pipe(rule));
  study.starts = {{0.6, 0.7}, {1.0, 0.0}};
  study.record_every = 10;
  return study;
}

TEST(RunStudy, FindsOutWhoSettles) {
  const StudyResult result = run_study(three_rules());
  ASSERT_EQ(result.runs.size(), 6u);
  const Verdict expected[] = {Verdict::kDiverged, Verdict::kCycling, Verdict::kSettled};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(result.runs[i].rule, i / 2);
    EXPECT_EQ(result.runs[i].start, i % 2);
    EXPECT_EQ(result.runs[i].outcome.verdict, expected[i / 2]);
    EXPECT_FALSE(result.runs[i].recording.steps.empty());
  }
}

TEST(RunStudy, PredictsWhatItMeasures) {
  const StudyResult result = run_study(three_rules());
  for (const std::size_t i : {0u, 4u}) {
    ASSERT_TRUE(result.runs[i].predicted_rate.has_value());
    EXPECT_NEAR(result.runs[i].outcome.rate, *result.runs[i].predicted_rate, 1e-6);
  }
  EXPECT_NEAR(*result.runs[0].predicted_rate, std::sqrt(1.01), 1e-12);
}

TEST(RunStudy, GivesTheSameBitsForAnyNumberOfThreads) {
  Study study;
  study.game = catalogue_game("forsaken");
  study.rules = {parse_pipe("optimistic"), parse_pipe("adam | extragradient")};
  study.starts = random_starts(study.game, 300, 7);
  study.options.steps = 500;
  const std::string one = study_json(study, run_study(study)).dump();
  for (const std::size_t threads : {2u, 5u, 0u}) {
    study.options.threads = threads;
    EXPECT_EQ(study_json(study, run_study(study)).dump(), one) << threads;
  }
}

TEST(RunStudy, RefusesARuleForOtherPlayersBeforeAnythingRuns) {
  Study study = three_rules();
  study.rules.push_back(parse_pipe("scale(z=5)"));
  int told = 0;
  study.options.progress = [&](double) { ++told; };
  EXPECT_THROW(run_study(study), Error);
  EXPECT_EQ(told, 0);
}

TEST(RunStudy, ReturnsWhatThereIsWhenCancelled) {
  Study study = three_rules();
  const std::atomic<bool> cancel{true};
  study.options.cancel = &cancel;
  const StudyResult result = run_study(study);
  EXPECT_TRUE(result.cancelled);
  EXPECT_EQ(result.runs.size(), 2u);
}

TEST(StudyJson, KeepsToItsShape) {
  const Study study = three_rules();
  const auto json = study_json(study, run_study(study));
  EXPECT_EQ(json["game"], "min x max y: x*y");
  EXPECT_EQ(json["seed"], 1);
  EXPECT_EQ(json["runs"][0]["rule"], "simultaneous(eta=0.1)");
  EXPECT_EQ(json["runs"][0]["outcome"], "diverged");
  EXPECT_EQ(json["runs"][0]["start"], (std::vector{0.6, 0.7}));
  EXPECT_EQ(json["runs"][0].size(), 10u);
}

TEST(GameSpelling, CanBeTypedAgain) {
  Game game = catalogue_game("xy");
  EXPECT_EQ(game_spelling(game), "xy");
  game = load_game("dirac-r1(gamma=1)");
  EXPECT_EQ(game_spelling(game), "dirac-r1(gamma=1)");
}

TEST(DefaultStart, IsTheGamesOwnOrOffTheMiddle) {
  EXPECT_EQ(default_start(catalogue_game("xy"), 1), (std::vector{1.0, 0.5}));
  EXPECT_EQ(default_start(parse_game("min x max y: x*y"), 1), (std::vector{0.6, 0.7}));
  EXPECT_EQ(default_start(parse_game("min x in [0, 10] max y: x*y"), 1), (std::vector{8.0, 0.7}));
}

TEST(RandomStarts, DependOnTheSeedAndTheirNumberAlone) {
  const Game game = catalogue_game("forsaken");
  const auto many = random_starts(game, 100, 3), few = random_starts(game, 10, 3);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  EXPECT_NE(random_starts(game, 10, 4), few);
  for (const auto& start : many)
    for (const double x : start) EXPECT_LE(std::abs(x), 1.5);
}

TEST(ModestRecording, KeepsTablesSmall) {
  EXPECT_EQ(modest_recording(10'000, 1), 1u);
  EXPECT_EQ(modest_recording(10'001, 1), 2u);
  EXPECT_EQ(modest_recording(1'000'000, 1), 100u);
  EXPECT_EQ(modest_recording(10'000, 10'000), 500u);
  EXPECT_EQ(modest_recording(10'000, 10'001), 0u);
  EXPECT_GE(modest_recording(~0ull >> 1, 1), (~0ull >> 1) / 10'000);
}

}  // namespace
}  // namespace gyre
