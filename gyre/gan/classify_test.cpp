#include "gyre/gan/classify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/data/testing.hpp"
#include "gyre/gan/extractor.hpp"
#include "gyre/store/testing.hpp"

namespace gyre::gan {
namespace {

using ::testing::HasSubstr;

/// Pictures of 4 x 4 with noise, bright above (class 0) or below (class 1).
Images halves(std::size_t count, std::uint64_t seed) {
  Images images{.width = 4, .height = 4, .channels = 1};
  images.classes = {"above", "below"};
  Stream stream(seed, "test.halves");
  for (std::size_t i = 0; i < count; ++i) {
    const auto label = static_cast<std::int32_t>(i % 2);
    images.labels.push_back(label);
    for (int k = 0; k < 16; ++k)
      images.pixels.push_back(static_cast<std::uint8_t>(((k < 8) == (label == 0) ? 150.0 : 0.0) +
                                                        100.0 * stream.uniform()));
  }
  return images;
}

ClassifyData data() { return {"halves", halves(200, 1), halves(100, 2)}; }

ClassifySettings small(const std::string& rule = "adam | simultaneous(eta=0.01)") {
  return {.network = "linear(6) | relu | linear", .rule = rule, .batch = 20, .epochs = 5};
}

Classifier trained(const ClassifySettings& settings, const ClassifyData& from) {
  ClassifierTraining training(settings, from);
  while (training.steps() < settings.epochs * training.steps_an_epoch()) training.step();
  return training.classifier(0.5);
}

TEST(Classify, AnyRuleWithoutAnOpponentLearns) {
  const ClassifyData from = data();
  for (const char* rule : {"adam | simultaneous(eta=0.01)", "simultaneous(eta=0.5)",
                           "adam | extragradient(eta=0.01) | average", "momentum | simultaneous"})
    for (const bool binary : {false, true}) {
      SCOPED_TRACE(rule);
      ClassifySettings settings = small(rule);
      settings.binary = binary, settings.epochs = 10;
      const Classifier made = trained(settings, from);
      EXPECT_GE(examine(made, from.test).accuracy, 0.99);
    }
}

TEST(Classify, LossesAreThoseOfTheirNames) {
  // Without steps, the loss at the first weights is close to that of knowing nothing.
  const ClassifyData from = data();
  ClassifySettings settings = small("simultaneous(eta=1e-9)");
  ClassifierTraining softmax(settings, from);
  softmax.step();
  EXPECT_NEAR(softmax.loss(), std::log(2.0), 0.1);
  settings.binary = true;
  ClassifierTraining binary(settings, from);
  binary.step();
  EXPECT_NEAR(binary.loss(), std::log(2.0), 0.1);
  EXPECT_NE(binary.loss(), softmax.loss());
  // With one batch of all pictures, the loss is that of the probabilities.
  settings.batch = 200;
  for (const bool one_by_one : {false, true}) {
    settings.binary = one_by_one;
    ClassifierTraining whole(settings, from);
    EXPECT_EQ(whole.steps_an_epoch(), 1u);
    whole.step();
    std::vector<float> pixels;
    for (const std::uint8_t p : from.train.pixels) pixels.push_back(static_cast<float>(p) / 255.0f);
    const Classifier::View view = whole.classifier().look(pixels);
    double expected = 0.0;
    for (std::size_t i = 0; i < 200; ++i)
      for (std::size_t c = 0; c < 2; ++c) {
        const double p = static_cast<double>(view.probabilities[2 * i + c]);
        const bool is = static_cast<std::size_t>(from.train.labels[i]) == c;
        if (one_by_one) expected -= std::log(is ? p : 1.0 - p) / 400.0;
        if (!one_by_one && is) expected -= std::log(p) / 200.0;
      }
    EXPECT_NEAR(whole.loss(), expected, 1e-5);
  }
}

TEST(Classify, EveryPictureIsSeenOnceAnEpochInAnotherOrder) {
  // With plain steps on a linear network and tiny steps, an epoch's sum of slopes is that of the
  // whole: the order does not matter, and no picture may be missing.
  const ClassifyData from = data();
  auto after = [&](std::int64_t batch) {
    ClassifySettings settings{
        .network = "linear", .rule = "simultaneous(eta=1e-4)", .batch = batch};
    ClassifierTraining training(settings, from);
    const std::uint64_t steps = training.steps_an_epoch();
    EXPECT_EQ(steps, 200u / static_cast<std::uint64_t>(batch));
    std::vector<double> losses;
    for (std::uint64_t s = 0; s < steps; ++s) training.step(), losses.push_back(training.loss());
    return std::accumulate(losses.begin(), losses.end(), 0.0) / static_cast<double>(steps);
  };
  EXPECT_NEAR(after(10), after(200), 1e-3);
  const ClassifySettings settings = small();
  ClassifierTraining training(settings, from);
  std::vector<double> first, second;
  for (std::uint64_t s = 0; s < 20; ++s) {
    training.step();
    (s < 10 ? first : second).push_back(training.loss());
  }
  EXPECT_NE(first, second);
}

TEST(Classify, SameSeedSameNumbers) {
  const ClassifyData from = data();
  ClassifySettings settings = small();
  const std::string once = trained(settings, from).file().bytes();
  EXPECT_EQ(once, trained(settings, from).file().bytes());
  settings.seed = 2;
  EXPECT_NE(once, trained(settings, from).file().bytes());
}

TEST(Classify, AnExaminationCountsWhatWasTakenForWhat) {
  const ClassifyData from = data();
  // Weights that see nothing, and a bias for class 1: all of class 0 is missed.
  const Classifier blind({.network = "linear",
                          .shape = {1, 4, 4},
                          .classes = {"above", "below"},
                          .data = "halves",
                          .rule = "none"},
                         [] {
                           std::vector<float> parameters(34, 0.0f);
                           parameters.back() = 1.0f;
                           return parameters;
                         }());
  const Examination found = examine(blind, from.test);
  EXPECT_NEAR(found.accuracy, 0.5, 1e-12);
  EXPECT_EQ(found.confusion, (std::vector<std::vector<double>>{{0, 50}, {0, 50}}));
  EXPECT_EQ(found.mistakes.size(), 50u);
  EXPECT_EQ(found.mistakes.front(), 0u);
  EXPECT_NEAR(found.sure.front(), 1.0 / (1.0 + std::exp(-1.0)), 1e-6);
}

TEST(Classifier, IsTheSameAfterItsFile) {
  const ClassifyData from = data();
  const Classifier made = trained(small(), from);
  const std::string bytes = made.file().bytes();
  const Classifier read = Classifier::read(Safetensors::read(bytes, "it"), "it");
  EXPECT_EQ(read.file().bytes(), bytes);
  EXPECT_EQ(read.facts().classes, (std::vector<std::string>{"above", "below"}));
  EXPECT_EQ(read.features(), 6);
  const std::vector<float> pixels(32, 0.25f);
  EXPECT_EQ(read.look(pixels).features, made.look(pixels).features);
  EXPECT_EQ(read.look(pixels).features.size(), 12u);
}

TEST(Classifier, FeaturesAreWhatIsBeforeTheLastLayer) {
  // Two pixels; hidden: x0 + x1 and x0 - x1, through relu; class scores: the first hidden, zero.
  const Classifier made({.network = "linear(2) | relu | linear",
                         .shape = {1, 1, 2},
                         .classes = {"a", "b"},
                         .data = "d",
                         .rule = "r"},
                        {1, 1, 1, -1, 0, 0, 1, 0, 0, 0, 0, 0});
  const Classifier::View view = made.look(std::vector<float>{0.25f, 0.5f});
  EXPECT_EQ(view.features, (std::vector<float>{0.75f, 0.0f}));
  EXPECT_NEAR(view.probabilities[0], 1.0 / (1.0 + std::exp(-0.75)), 1e-6);
  EXPECT_EQ(made.classes(view), std::vector<std::int32_t>{0});
}

TEST(Classifier, WhatIsNoneIsRefused) {
  const ClassifyData from = data();
  auto complaint = [&](ClassifySettings settings) {
    return complaint_of([&] { ClassifierTraining training(settings, from); });
  };
  ClassifySettings settings = small();
  settings.network = "linear(6) | relu | linear | sigmoid";
  EXPECT_THAT(complaint(settings), HasSubstr("last layer is linear"));
  settings.network = "conv(2) | batch-norm | linear";
  EXPECT_THAT(complaint(settings), HasSubstr("batch-norm mixes"));
  EXPECT_THAT(complaint(small("mwu")), HasSubstr("mixed strategies"));
  EXPECT_THAT(complaint_of([] { classify_settings("bok"); }), HasSubstr("did you mean 'book'?"));
  EXPECT_THAT(complaint_of([] { Classifier::read({}, "it"); }), HasSubstr("'it' holds no classif"));
  Safetensors file = trained(small(), from).file();
  file.tensors.erase("0.bias");
  EXPECT_THAT(complaint_of([&] { Classifier::read(file, "it"); }), HasSubstr("0.bias is missing"));
}

class Kept : public ::testing::Test {
 protected:
  static Classifier good(double accuracy) {
    ClassifierFacts facts{.network = "linear",
                          .shape = {1, 4, 4},
                          .classes = {"0", "1"},
                          .data = "mnist",
                          .rule = "r",
                          .accuracy = accuracy};
    return Classifier(facts, std::vector<float>(34, static_cast<float>(accuracy)));
  }
  double kept() const { return read().facts().accuracy; }
  Classifier read() const {
    const std::string bytes = read_file(classifier_place("mnist", places_), 1 << 20);
    return Classifier::read(Safetensors::read(bytes, "it"), "it");
  }

  TestFolder folder_;
  DataPlaces places_{.cache = folder_ / "cache", .shared = {}};
};

TEST_F(Kept, TheBetterClassifierStays) {
  EXPECT_THAT(complaint_of([&] { make_extractor("mnist", places_); }),
              HasSubstr("gyre classify mnist --network cnn"));
  EXPECT_THAT(keep_classifier(good(0.9), "mnist", places_), HasSubstr("kept for metrics in"));
  EXPECT_THAT(keep_classifier(good(0.8), "mnist", places_), HasSubstr("90.00 %"));
  EXPECT_EQ(kept(), 0.9);
  keep_classifier(good(0.95), "mnist", places_);
  EXPECT_EQ(kept(), 0.95);
  write_file(classifier_place("mnist", places_), "damaged", Existing::kReplace);
  keep_classifier(good(0.5), "mnist", places_);
  EXPECT_EQ(kept(), 0.5);
}

TEST_F(Kept, ChannelsAreLookedAtOneByOne) {
  // Scores are those of bright and dark pictures: class 1 where the mean is above a half.
  ClassifierFacts facts{.network = "linear",
                        .shape = {1, 4, 4},
                        .classes = {"0", "1"},
                        .data = "mnist",
                        .rule = "r",
                        .accuracy = 1.0};
  std::vector<float> parameters(34, 0.0f);
  std::fill(parameters.begin() + 16, parameters.begin() + 32, 1.0f);
  parameters.back() = -8.0f;
  keep_classifier(Classifier(facts, parameters), "mnist", places_);
  const auto extractor = make_extractor("mnist", places_);
  EXPECT_EQ(extractor->tells(), "mnist");
  EXPECT_THAT(extractor->name(), HasSubstr("mnist classifier"));
  std::vector<float> pictures(2 * 48, 0.0f);
  std::fill(pictures.begin(), pictures.begin() + 16, 1.0f);     // first: 1, 0, 0
  std::fill(pictures.begin() + 48 + 32, pictures.end(), 1.0f);  // second: 0, 0, 1
  const Extractor::Seen seen = extractor->look(pictures, {3, 4, 4});
  EXPECT_EQ(seen.modes, (std::vector<std::int32_t>{4, 1}));
  EXPECT_EQ(seen.features.rows(), 2);
  EXPECT_EQ(seen.features.cols(), 48);
  EXPECT_EQ(seen.features(0, 0), 1.0f);
  EXPECT_EQ(seen.features(0, 16), 0.0f);
  EXPECT_THAT(complaint_of([&] {
                extractor->look(pictures, {3, 8, 4});
              }),
              HasSubstr("takes pictures of 1 x 4 x 4, and these are 3 x 8 x 4"));
}

TEST_F(Kept, WrongExtractorsAreRefused) {
  EXPECT_THAT(complaint_of([&] { make_extractor("mnst", places_); }),
              HasSubstr("did you mean 'mnist'?"));
  write_file(folder_ / "a.pt", "no program");
  EXPECT_THAT(complaint_of([&] { make_extractor((folder_ / "a.pt").string(), places_); }),
              HasSubstr("is no TorchScript file"));
  write_file(folder_ / "a.safetensors", "no tensors");
  EXPECT_NE(complaint_of([&] { make_extractor((folder_ / "a.safetensors").string(), places_); }),
            "nothing");
  EXPECT_THAT(complaint_of([&] { make_extractor((folder_ / "b.pt").string(), places_); }),
              HasSubstr("b.pt"));
}

}  // namespace
}  // namespace gyre::gan
