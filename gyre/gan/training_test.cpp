#include "gyre/gan/training.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <map>

#include "gyre/core/error.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/testing.hpp"

namespace gyre::gan {
namespace {

using ::testing::HasSubstr;

Settings small(const std::string& rule = "adam | alternating(eta=0.002, order=d>g)") {
  Settings settings;
  settings.generator = "linear(16) | relu | linear";
  settings.discriminator = "linear(16) | leaky-relu | linear";
  settings.batch = 16;
  settings.steps = 60;
  settings.log = 7;
  settings.checkpoint = 20;
  settings.samples = 50;
  settings.rule = rule;
  return settings;
}

std::map<std::string, StoredTensor> trained(const Settings& settings, std::uint64_t steps) {
  Trainer trainer(settings, make_data(settings.data));
  while (trainer.steps() < steps) trainer.step();
  return trainer.checkpoint().tensors;
}

TEST(Training, GoesOnBitForBitWhereverItWasLeft) {
  int tried = 0;
  for (const char* rule :
       {"adam | alternating(eta=0.002, order=d>g)", "adam | extragradient(eta=0.002) | average",
        "conopt(gamma=0.1) | rmsprop | simultaneous(eta=0.002)", "adam | optimistic(eta=0.002)",
        "momentum | alternating | lookahead", "simultaneous | ema"})
    for (const char* sampling : {"fresh", "same"}) {
      SCOPED_TRACE(std::string(rule) + ", " + sampling);
      Settings settings = small(rule);
      settings.sampling = sampling;
      settings.ema = 0.9;
      const auto whole = trained(settings, 30);
      for (const std::uint64_t left : {1, 13}) {
        Trainer first(settings, make_data(settings.data));
        while (first.steps() < left) first.step();
        const std::string bytes = first.checkpoint().bytes();
        Trainer second(settings, make_data(settings.data));
        second.restore(Safetensors::read(bytes, "it"), "it");
        EXPECT_EQ(second.checkpoint().bytes(), bytes);
        while (second.steps() < 30) second.step();
        EXPECT_EQ(second.checkpoint().tensors, whole);
        ++tried;
      }
    }
  EXPECT_EQ(tried, 24);
}

TEST(Training, LookingChangesNothing) {
  Trainer looked(small(), make_data("ring8"));
  while (looked.steps() < 20) {
    looked.step();
    looked.metrics();
    looked.samples(10, 3);
  }
  EXPECT_EQ(looked.checkpoint().tensors, trained(small(), 20));
}

TEST(Training, ProductsOfSolvesAreWorkToo) {
  Trainer solving(small("cgd(eta=0.01)"), make_data("ring8"));
  while (solving.steps() < 2) solving.step();
  for (const auto& [name, value] : solving.metrics())
    if (name == "products") {
      EXPECT_GE(value, 2.0);
    }
  EXPECT_GE(std::stod(solving.checkpoint().metadata.at("products")), 2.0);
}

TEST(Training, SeedsDiffer) {
  Settings other = small();
  other.seed = 2;
  EXPECT_NE(trained(small(), 3), trained(other, 3));
}

TEST(Training, AFolderHoldsWhatWasSeenAndGoesOn) {
  const TestFolder folder;
  const Settings settings = small();
  Trainer whole(settings, make_data(settings.data));
  const TrainingFolder one = TrainingFolder::make(folder / "one", settings, false);
  const TrainingResult uncut = train(whole, settings, one, {}, {});
  EXPECT_EQ(uncut.ending, Ending::kDone);
  EXPECT_EQ(uncut.rows.size(), 9u);  // 7, 14, ... 56, 60

  // Stopped at 33, as by Ctrl-C.
  const TrainingFolder two = TrainingFolder::make(folder / "two", settings, false);
  {
    Trainer trainer(settings, make_data(settings.data));
    std::atomic<bool> cancel = false;
    TrainingOptions options;
    options.cancel = &cancel;
    options.progress = [&](std::uint64_t step, const auto&) { cancel = step == 32; };
    const TrainingResult cut = train(trainer, settings, two, {}, options);
    EXPECT_EQ(cut.ending, Ending::kInterrupted);
    EXPECT_EQ(cut.saved, 33u);
  }
  const TrainingFolder again = TrainingFolder::open(folder / "two");
  EXPECT_EQ(listed(again.settings()), listed(settings));
  std::string problem;
  const auto checkpoint = again.last(problem);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(problem, "");
  Trainer trainer(settings, make_data(settings.data));
  trainer.restore(*checkpoint, "two");
  EXPECT_EQ(trainer.steps(), 33u);
  train(trainer, settings, again, again.rows(33), {});
  for (const char* name : {TrainingFolder::kMetrics, TrainingFolder::kCheckpoint})
    EXPECT_EQ(read_file(folder / "two" / name, 1 << 20), read_file(folder / "one" / name, 1 << 20))
        << name;
}

TEST(Training, ADamagedCheckpointIsPassedOverForTheOneBefore) {
  const TestFolder folder;
  const Settings settings = small();
  Trainer trainer(settings, make_data(settings.data));
  const TrainingFolder here = TrainingFolder::make(folder / "it", settings, false);
  train(trainer, settings, here, {}, {});
  std::string bytes = read_file(folder / "it" / TrainingFolder::kCheckpoint, 1 << 20);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  here.add(TrainingFolder::kCheckpoint, bytes);
  std::string problem;
  const auto checkpoint = here.last(problem);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->metadata.at("step"), "40");
  EXPECT_THAT(problem, HasSubstr("damaged"));
}

TEST(Training, StopsWhereNumbersAreNotFiniteAndKeepsTheLastGoodOnes) {
  const TestFolder folder;
  Settings settings = small("simultaneous(eta=0.01)");
  settings.loss = "least-squares";
  settings.rule = "simultaneous(eta=3)";
  settings.checkpoint = 1;
  settings.steps = 2000;
  Trainer trainer(settings, make_data(settings.data));
  const TrainingFolder here = TrainingFolder::make(folder / "it", settings, false);
  const TrainingResult result = train(trainer, settings, here, {}, {});
  ASSERT_EQ(result.ending, Ending::kNotFinite);
  EXPECT_LT(result.saved, result.steps);
  std::string problem;
  const auto checkpoint = here.last(problem);
  ASSERT_TRUE(checkpoint);
  for (const auto& [name, tensor] : checkpoint->tensors)
    for (std::size_t i = 0; i + 4 <= tensor.bytes.size(); i += 4) {
      float x = 0.0f;
      std::memcpy(&x, tensor.bytes.data() + i, 4);
      ASSERT_TRUE(std::isfinite(x)) << name;
    }
}

TEST(Training, CheckpointsOfOthersAreRefused) {
  auto problem_of = [](const Settings& theirs) {
    Trainer other(theirs, make_data(theirs.data));
    Trainer trainer(small(), make_data("ring8"));
    try {
      trainer.restore(other.checkpoint(), "it");
      return std::string();
    } catch (const Error& problem) {
      return std::string(problem.what());
    }
  };
  Settings wider = small();
  wider.generator = "linear(17) | relu | linear";
  EXPECT_THAT(problem_of(wider), HasSubstr("'it' is of other networks: its generator.0.weight has "
                                           "another shape"));
  EXPECT_THAT(problem_of(small("extragradient")),
              HasSubstr("'it' is of the rule 'extragradient(eta=0.1)'"));
  EXPECT_EQ(problem_of(small()), "");
}

TEST(Training, FoldersAreNotOverwrittenUnasked) {
  const TestFolder folder;
  TrainingFolder::make(folder / "it", small(), false);
  EXPECT_THROW(TrainingFolder::make(folder / "it", small(), false), Error);
  EXPECT_NO_THROW(TrainingFolder::make(folder / "it", small(), true));
  EXPECT_EQ(TrainingFolder::make_numbered(folder / "it", small()).place(), folder / "it-2");
  std::filesystem::create_directory(folder / "other");
  std::ofstream(folder / "other" / "letter.txt") << "dear";
  EXPECT_THROW(TrainingFolder::make(folder / "other", small(), true), Error);
  EXPECT_THROW(TrainingFolder::open(folder / "other"), Error);
}

}  // namespace
}  // namespace gyre::gan
