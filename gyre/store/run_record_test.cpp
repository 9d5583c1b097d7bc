#include "gyre/store/run_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/store/file.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;

class Record : public ::testing::Test {
 protected:
  void add(const std::string& name, const std::string& text) {
    fs::create_directory(place_ / "it");
    write_file(place_ / ("it/" + name), text, Existing::kReplace);
  }
  RunRecord record() const { return read_record(place_ / "it"); }
  RunDetails details() const { return read_details(place_ / "it"); }

  TestFolder place_;
};

TEST_F(Record, OfATraining) {
  add("manifest.json", R"({"gyre": "0.1.0", "training": "ring8", "rule": "adam | extragradient",
    "settings": {"data": "ring8", "seed": "7", "r1": "0.1"}, "ending": "not finite", "steps": 60,
    "metrics": {"loss_generator": null, "modes": 8.0, "high_quality": 0.75},
    "command": ["gyre", "resume", "it"], "began": "2026-01-01T00:00:00Z"})");
  const RunRecord run = record();
  EXPECT_EQ(run.name, "it");
  EXPECT_EQ(run.kind, "train");
  EXPECT_EQ(run.subject, "ring8");
  EXPECT_EQ(run.rule, "adam | extragradient");
  EXPECT_EQ(run.data, "ring8");
  EXPECT_EQ(run.seed, "7");
  EXPECT_EQ(run.steps, 60u);
  EXPECT_EQ(run.ending, "not finite");
  EXPECT_EQ(run.began, "2026-01-01T00:00:00Z");
  EXPECT_EQ(run.version, "0.1.0");
  ASSERT_EQ(run.metrics.size(), 3u);
  EXPECT_TRUE(std::isnan(run.metrics[0].second));
  EXPECT_THAT(*run.headline(), Pair("high_quality", 0.75));
  EXPECT_THAT(details().command, ElementsAre("gyre", "resume", "it"));
  EXPECT_THAT(details().settings,
              ElementsAre(Pair("data", "ring8"), Pair("seed", "7"), Pair("r1", "0.1")));
}

TEST_F(Record, OfATrainingThatHasNotEnded) {
  add("training.toml", "name = \"mine\"\ntitle = \"a \\\"b\\\" = c\"\nrule = \"adam\"\nseed = 3\n");
  add("metrics.csv", "step,loss,modes\n10,0.5,2\n20,nan,3\n");
  const RunRecord run = record();
  EXPECT_EQ(run.kind, "train");
  EXPECT_EQ(run.ending, "unfinished");
  EXPECT_EQ(run.subject, "mine");
  EXPECT_EQ(run.rule, "adam");
  EXPECT_EQ(run.seed, "3");
  EXPECT_EQ(run.steps, 20u);
  EXPECT_THAT(run.metrics, Contains(Pair("modes", 3.0)));
  EXPECT_NE(run.began, "");
  EXPECT_THAT(details().settings, Contains(Pair("seed", "3")));
}

TEST_F(Record, OfRunsOfAGame) {
  add("manifest.json",
      R"({"gyre": "1", "command": ["gyre", "run", "x"], "game": {"name": "", "text": "min x",
    "parameters": {"a": 2.0}}, "rules": ["eg", "gda"], "seed": 18446744073709551615,
    "budget": {"steps": 10, "calls": null}, "starts": [[1.0, 0.5]], "interrupted": true})");
  add("results.json", R"({"runs": [{"outcome": "settled", "rate": 0.5, "steps": 4},
    {"outcome": "cycling", "rate": null, "steps": 9}]})");
  const RunRecord run = record();
  EXPECT_EQ(run.kind, "run");
  EXPECT_EQ(run.subject, "min x");
  EXPECT_EQ(run.rule, "eg and 1 more");
  EXPECT_EQ(run.seed, "18446744073709551615");
  EXPECT_EQ(run.ending, "interrupted");
  EXPECT_THAT(run.metrics, Contains(Pair("settled", 0.5)));
  EXPECT_THAT(run.metrics, Contains(Pair("cycling", 0.5)));
  EXPECT_THAT(*run.headline(), Pair("settled", 0.5));
  EXPECT_THAT(details().settings, Contains(Pair("budget.steps", "10")));
  EXPECT_THAT(details().settings, Contains(Pair("game.parameters.a", "2")));
  EXPECT_THAT(details().settings, Contains(Pair("rules", "eg, gda")));
}

TEST_F(Record, OfASweep) {
  add("manifest.json",
      R"({"gyre": "1", "plan": {"game": "forsaken", "rules": ["eg"], "seed": 2, "steps": 9}})");
  add("times.json", R"({"began": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:00:01Z"})");
  add("results.json", R"({"groups": [{"outcome": "settled", "runs": 3},
    {"outcome": "settled", "runs": 1}, {"outcome": "diverged", "runs": 4}]})");
  const RunRecord run = record();
  EXPECT_EQ(run.kind, "sweep");
  EXPECT_EQ(run.subject, "forsaken");
  EXPECT_EQ(run.rule, "eg");
  EXPECT_EQ(run.seed, "2");
  EXPECT_EQ(run.steps, 9u);
  EXPECT_EQ(run.ended, "2026-01-01T00:00:01Z");
  EXPECT_THAT(run.metrics,
              ElementsAre(Pair("runs", 8.0), Pair("diverged", 0.5), Pair("settled", 0.5)));
}

TEST_F(Record, OfAComparisonIsThatOfTheBest) {
  add("manifest.json",
      R"({"gyre": "1", "command": ["gyre", "compare"], "game": {"name": "xy"},
        "rules": ["a", "b"]})");
  add("comparison.json", R"({"starts": 4, "ranking": [{"rule": "b", "endings": {"solved": 3},
    "calls_to_tolerance": {"median": 12.5}}, {"rule": "a"}]})");
  EXPECT_EQ(record().rule, "b, best of 2");
  EXPECT_THAT(record().metrics,
              ElementsAre(Pair("solved", 0.75), Pair("calls_to_tolerance", 12.5)));
}

TEST_F(Record, OfAnAnalysisAndOfAdvice) {
  add("analysis.json", R"({"points": [{}, {}, {}]})");
  add("advice.json", R"({"recommended": {"rule": "optimistic", "predicted_rate": 0.5
}
})");
  add("manifest.json", R"({"gyre": "1", "command": ["gyre", "analyze", "xy"], "game": {}})");
  EXPECT_THAT(record().metrics, ElementsAre(Pair("points", 3.0)));
  add("manifest.json", R"({"gyre": "1", "command": ["gyre", "advise", "xy"], "game": {}})");
  EXPECT_EQ(record().rule, "optimistic");
  EXPECT_THAT(record().metrics, ElementsAre(Pair("predicted_rate", 0.5)));
}

TEST_F(Record, OfAnythingElseIsNoError) {
  for (const char* text : {"{\"name\": \"a page\"}", "{\"gyre\": 3, \"command\": {}}"}) {
    SCOPED_TRACE(text);
    add("manifest.json", text);
    EXPECT_EQ(record().kind, "");
    EXPECT_FALSE(is_run_folder(place_ / "it"));
    EXPECT_FALSE(is_safe_to_remove(place_ / "it"));
  }
  for (const char* text : {"{\"gyre\": \"1\", \"plan\": 3, \"game\": [], \"seed\": {}}",
                           "{\"gyre\": \"1\", \"metrics\": {\"a\": \"b\"}, \"rules\": [[]]}"}) {
    SCOPED_TRACE(text);
    add("manifest.json", text);
    EXPECT_EQ(record().kind, "unknown");
    EXPECT_NO_THROW(details());
    EXPECT_TRUE(is_safe_to_remove(place_ / "it"));
  }
  for (const char* text : {"", "{", "[1]"}) {
    SCOPED_TRACE(text);
    add("manifest.json", text);
    EXPECT_EQ(record().ending, "damaged");
    EXPECT_TRUE(is_run_folder(place_ / "it"));
    EXPECT_FALSE(is_safe_to_remove(place_ / "it"));
  }
}

TEST_F(Record, OnlyWhatIsOursIsSafeToRemove) {
  add("training.toml", "rule = \"a\"\n");
  add("checkpoint.safetensors", "");
  EXPECT_TRUE(is_safe_to_remove(place_ / "it"));
  fs::create_directory_symlink(place_ / "it", place_ / "link");
  EXPECT_FALSE(is_safe_to_remove(place_ / "link"));
  add("thesis.tex", "");
  EXPECT_FALSE(is_safe_to_remove(place_ / "it"));
}

TEST_F(Record, StampsChangeWithTheirFiles) {
  fs::create_directory(place_ / "it");
  EXPECT_EQ(run_stamp(place_ / "it"), "");
  EXPECT_FALSE(is_run_folder(place_ / "it"));
  add("metrics.csv", "step\n");
  EXPECT_EQ(run_stamp(place_ / "it"), "") << "a table makes no run";
  add("training.toml", "rule = \"a\"\n");
  const std::string before = run_stamp(place_ / "it");
  EXPECT_TRUE(is_run_folder(place_ / "it"));
  EXPECT_EQ(run_stamp(place_ / "it"), before);
  add("metrics.csv", "step\n1\n");
  const std::string after = run_stamp(place_ / "it");
  EXPECT_NE(after, before);
  add("manifest.json", "{}");
  EXPECT_NE(run_stamp(place_ / "it"), after);
}

TEST(Metrics, AreBetterOneWay) {
  EXPECT_EQ(better("modes"), 1);
  EXPECT_EQ(better("mean_modes"), 1);
  EXPECT_EQ(better("fid"), -1);
  EXPECT_EQ(better("covariance_error"), -1);
  EXPECT_EQ(better("loss_generator"), 0);
  EXPECT_EQ(better("calls"), 0);
  EXPECT_EQ(better("in_pattern"), 1);
  EXPECT_LT(rank_of_metric("fid"), rank_of_metric("modes"));
  EXPECT_LT(rank_of_metric("coverage"), rank_of_metric("loss_generator"));
  RunRecord run;
  EXPECT_EQ(run.headline(), nullptr);
  run.metrics = {{"loss", 1}, {"sample_error", 2}, {"other_error", 3}};
  EXPECT_EQ(run.headline()->first, "sample_error");
  run.metrics.emplace_back("modes", 4);
  EXPECT_EQ(run.headline()->first, "modes");
}

}  // namespace
}  // namespace gyre
