#include "gyre/sweep/run.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "gyre/analysis/starts.hpp"
#include "gyre/core/error.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/sweep/arrays.hpp"
#include "gyre/sweep/boundary.hpp"
#include "gyre/sweep/summary.hpp"

namespace gyre {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

SweepPlan small_plan(const char* rule = "extragradient") {
  SweepPlan plan;
  plan.game = catalogue_game("almost-bilinear");
  plan.rules = {parse_pipe(rule)};
  plan.axes = {parse_axis("x=-2:2:40"), parse_axis("eta=log:0.02:0.5:51")};
  plan.start = default_start(plan.game, 1);
  plan.steps = 300;
  plan.keep = {Quantity::kOutcome, Quantity::kSteps, Quantity::kPoint};
  arrange(plan);
  return plan;
}

class SweepFiles : public testing::Test {
 protected:
  void SetUp() override {
    place_ = fs::path(testing::TempDir()) /
             ("gyre-sweep-" + std::to_string(getpid()) + "-" +
              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(place_);
  }
  void TearDown() override {
    fs::remove_all(place_);
    fs::remove_all(unfinished_of(place_));
  }

  /// Does the tiles that are missing, but at most so many.
  std::size_t work(const SweepPlan& plan, std::size_t most = 1'000'000, std::size_t threads = 2) {
    SweepFolder folder(place_, plan, {}, false);
    SweepLanes lanes(plan);
    const auto todo = std::span(folder.todo());
    const std::unique_ptr<Ranks> ranks = alone();
    run_tiles(plan, lanes, {}, todo.first(std::min(most, todo.size())), folder.unfinished(), *ranks,
              {.threads = threads});
    return todo.size();
  }

  std::map<std::string, std::string> arrays() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::directory_iterator(unfinished_of(place_))) {
      if (entry.path().extension() != ".npy") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      all[entry.path().filename()] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

  void flip_a_byte(const char* name, std::uint64_t at) {
    std::fstream file(unfinished_of(place_) / name,
                      std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(at));
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
  }

  fs::path place_;
};

TEST_F(SweepFiles, HoldWhatTheEngineSays) {
  const SweepPlan plan = small_plan();
  work(plan);
  const SweepArray outcome(plan, unfinished_of(place_), Quantity::kOutcome);
  const SweepArray point(plan, unfinished_of(place_), Quantity::kPoint);
  const Traced traced = trace(plan.game, plan.rules.front());
  RunOptions options{.steps = plan.steps};
  for (const std::uint64_t lane : {0u, 77u, 1033u, 2039u}) {
    const Lanes one{{{plan.axes[0].at(lane / 51), plan.start[1]}},
                    {{"extragradient.eta", {plan.axes[1].at(lane % 51)}}}};
    const Outcome truth = gyre::run(traced, one, options).outcomes.front();
    EXPECT_EQ(static_cast<int>(outcome.at(lane)), static_cast<int>(truth.verdict)) << lane;
    EXPECT_EQ(point.at(lane, 0), truth.last[0]) << lane;
    EXPECT_EQ(point.at(lane, 1), truth.last[1]) << lane;
  }
}

TEST_F(SweepFiles, AreTheSameHoweverTheWorkIsCut) {
  const SweepPlan plan = small_plan("adam | optimistic");
  EXPECT_EQ(work(plan, 1'000'000, 1), 4u);
  const auto wanted = arrays();
  ASSERT_EQ(wanted.size(), 3u);
  fs::remove_all(unfinished_of(place_));
  EXPECT_EQ(work(plan, 1, 3), 4u);
  EXPECT_EQ(work(plan, 2, 2), 3u);
  EXPECT_EQ(work(plan), 1u);
  EXPECT_EQ(work(plan), 0u);
  EXPECT_EQ(arrays(), wanted);
}

TEST_F(SweepFiles, DamageIsFoundAndMended) {
  const SweepPlan plan = small_plan();
  work(plan);
  const auto wanted = arrays();
  flip_a_byte("steps.npy", 128 + 4 * 600);  // in the second tile
  EXPECT_EQ(work(plan), 1u);
  EXPECT_EQ(arrays(), wanted);
  fs::resize_file(unfinished_of(place_) / "point.npy", 5000);
  EXPECT_GT(work(plan), 1u);
  EXPECT_EQ(arrays(), wanted);
  // A journal that was cut in the middle of a line.
  fs::remove_all(unfinished_of(place_));
  work(plan);
  const fs::path journal = unfinished_of(place_) / "tiles-0.txt";
  fs::resize_file(journal, fs::file_size(journal) - 5);
  EXPECT_EQ(work(plan), 1u);
  EXPECT_EQ(work(plan), 0u);
  EXPECT_EQ(arrays(), wanted);
}

TEST_F(SweepFiles, AnotherPlanIsRefusedWithTheDifference) {
  SweepPlan plan = small_plan();
  work(plan);
  plan.steps = 301;
  try {
    work(plan);
    FAIL() << "the folder holds another plan";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("another sweep"));
    EXPECT_EQ(error.detail(), "  steps: 300 there, 301 here");
  }
}

TEST_F(SweepFiles, WhatOthersPutThereIsLeftAlone) {
  fs::create_directories(unfinished_of(place_));
  std::ofstream(unfinished_of(place_) / "thesis.tex") << "years of work";
  for (const bool fresh : {false, true})
    EXPECT_THROW(SweepFolder(place_, small_plan(), {}, fresh), Error);
  EXPECT_TRUE(fs::exists(unfinished_of(place_) / "thesis.tex"));
  fs::remove_all(unfinished_of(place_));
  fs::create_directories(place_);
  std::ofstream(place_ / "thesis.tex") << "years of work";
  SweepFolder folder(place_, small_plan(), {}, true);
  EXPECT_THROW(folder.finish(), Error);
  EXPECT_TRUE(fs::exists(place_ / "thesis.tex"));
}

TEST_F(SweepFiles, OneProcessAtATime) {
  const SweepPlan plan = small_plan();
  const SweepFolder folder(place_, plan, {}, false);
  try {
    const SweepFolder other(place_, plan, {}, false);
    FAIL() << "the folder is taken";
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("another gyre"));
  }
}

TEST_F(SweepFiles, NoRoomIsToldBeforeTheWork) {
  SweepPlan plan = small_plan();
  plan.axes = {parse_axis("x=-2:2:1e6"), parse_axis("y=-2:2:1e6")};
  try {
    const SweepFolder folder(place_, plan, {}, false);
    FAIL() << "a disk of 20 TB";
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("the sweep needs 21 TB"));
  }
}

TEST_F(SweepFiles, AreSummedUpByWhatBecameOfTheRuns) {
  const SweepPlan plan = small_plan();
  work(plan);
  const SweepSummary summary = summarise(plan, unfinished_of(place_));
  const SweepArray outcome(plan, unfinished_of(place_), Quantity::kOutcome);
  std::map<Verdict, std::uint64_t> counts;
  for (std::uint64_t lane = 0; lane < plan.lanes(); ++lane)
    ++counts[static_cast<Verdict>(static_cast<int>(outcome.at(lane)))];
  std::uint64_t all = 0;
  for (const SweepGroup& g : summary.groups) {
    EXPECT_EQ(g.runs, counts[g.outcome]);
    all += g.runs;
  }
  EXPECT_EQ(all, 2040u);
  EXPECT_EQ(summary.groups.size(), counts.size());
}

/// What theory foretells about every place of a map of step sizes is what runs do there.
TEST_F(SweepFiles, TheBoundaryDividesWhatSettlesFromWhatDoesNot) {
  SweepPlan plan;
  plan.game = catalogue_game("adolphs");
  plan.rules = {parse_pipe("momentum | simultaneous")};
  plan.axes = {parse_axis("momentum.beta=-0.8:0.8:12"), parse_axis("eta=log:0.005:2:14")};
  plan.start = {-3.4142135 + 1e-4, 3.4142135 - 1e-4};
  plan.steps = 20'000;
  plan.keep = {Quantity::kOutcome, Quantity::kPoint};
  arrange(plan);
  work(plan);
  SweepLanes lanes(plan);
  const auto map = radius_map(plan, lanes, 0, 1);
  ASSERT_TRUE(map.has_value());
  const SweepArray outcome(plan, unfinished_of(place_), Quantity::kOutcome);
  const SweepArray point(plan, unfinished_of(place_), Quantity::kPoint);
  int attracting = 0, repelling = 0;
  for (std::size_t i = 0; i < map->x.size(); ++i)
    for (std::size_t j = 0; j < map->y.size(); ++j) {
      const double radius = map->radius[j * map->x.size() + i];
      const std::uint64_t lane = i * 14 + j;
      const bool there =
          static_cast<Verdict>(static_cast<int>(outcome.at(lane))) == Verdict::kSettled &&
          std::hypot(point.at(lane, 0) - map->at[0], point.at(lane, 1) - map->at[1]) < 1e-6;
      if (radius < -0.01) {
        EXPECT_TRUE(there) << map->x[i] << " " << map->y[j];
        ++attracting;
      } else if (radius > 0.01) {
        EXPECT_FALSE(there) << map->x[i] << " " << map->y[j];
        ++repelling;
      }
    }
  EXPECT_GT(attracting, 20);
  EXPECT_GT(repelling, 20);
}

}  // namespace
}  // namespace gyre
