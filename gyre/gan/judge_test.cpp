#include "gyre/gan/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "gyre/core/error.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/data/point_data.hpp"
#include "gyre/data/synthetic.hpp"
#include "gyre/data/testing.hpp"

namespace gyre::gan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The numbers of 2 x 2 pictures as they are, and as mode whether the first is bright.
class FirstPixel final : public Extractor {
 public:
  const std::string& name() const override { return name_; }
  std::string tells() const override { return "mine"; }
  Seen look(std::span<const float> pictures,
            const std::vector<std::int64_t>& shape) const override {
    if (shape != std::vector<std::int64_t>{1, 2, 2}) throw Error("not 2 x 2");
    Seen seen;
    const auto count = static_cast<Eigen::Index>(pictures.size() / 4);
    seen.features = Eigen::Map<const Features>(pictures.data(), count, 4);
    for (Eigen::Index i = 0; i < count; ++i) seen.modes.push_back(seen.features(i, 0) > 0.5f);
    return seen;
  }

 private:
  std::string name_ = "first pixel";
};

/// Noise; a quarter of the pictures has a bright first pixel and the label 1.
Images pictures(std::size_t count) {
  Images images{.width = 2, .height = 2, .channels = 1};
  Stream stream(3, "test.judge");
  for (std::size_t i = 0; i < count; ++i) {
    const bool bright = i % 4 == 0;
    images.labels.push_back(bright);
    for (int k = 0; k < 4; ++k)
      images.pixels.push_back(
          static_cast<std::uint8_t>((k == 0 && bright ? 155 : 0) + 100.0 * stream.uniform()));
  }
  return images;
}

std::shared_ptr<const Data> picture_data(std::size_t count = 400, float low = -1, float high = 1) {
  return std::make_shared<ImageData>(pictures(count), low, high);
}

std::vector<float> drawn(const Data& data, std::size_t count, std::uint64_t seed) {
  std::vector<float> samples(count * data.size());
  Stream stream(seed, "test.drawn");
  data.draw(stream, samples);
  return samples;
}

std::map<std::string, Score> by_name(const Judgement& judgement) {
  std::map<std::string, Score> all;
  for (const Score& score : judgement.scores) all[score.name] = score;
  return all;
}

std::map<std::string, double> glanced(const Judge& judge, const std::vector<float>& samples) {
  std::map<std::string, double> all;
  for (const auto& [name, value] : judge.glance(samples)) all[name] = value;
  return all;
}

TEST(Judge, PointsAreComparedAsTheyAre) {
  const std::shared_ptr<const Data> ring = make_synthetic("ring8");
  const Judge judge(ring, "ring8", nullptr);
  const std::vector<float> samples = drawn(*ring, 600, 1);
  EXPECT_EQ(judge.glance(samples), ring->judge(samples));
  const Judgement all = judge.judge(samples, 600, 1, 2);
  const auto scores = by_name(all);
  EXPECT_EQ(all.made, 600);
  EXPECT_EQ(all.real, 600);
  EXPECT_THAT(all.findings, IsEmpty());
  EXPECT_EQ(scores.at("modes").value, 8.0);
  EXPECT_EQ(scores.at("modes").better, 1);
  EXPECT_EQ(scores.at("fid").better, -1);
  EXPECT_GT(scores.at("precision").value, 0.9);
  for (const auto& [name, score] : scores) {
    EXPECT_TRUE(score.truth) << name;
    EXPECT_EQ(score.extractor, "") << name;
  }
  // The whole is the same again, and other for another seed.
  EXPECT_EQ(scores.at("fid").value, by_name(judge.judge(samples, 600, 1, 1)).at("fid").value);
  EXPECT_NE(scores.at("fid").value, by_name(judge.judge(samples, 600, 2, 1)).at("fid").value);
}

TEST(Judge, CollapseIsAFindingAndFidANumber) {
  const std::shared_ptr<const Data> ring = make_synthetic("ring8");
  const std::vector<float> point(2 * 100, 1.0f);
  const Judgement all = Judge(ring, "ring8", nullptr).judge(point, 100, 1, 1);
  EXPECT_THAT(all.findings, ElementsAre(HasSubstr("collapse: the features of the samples vary in 0 "
                                                  "directions, those of the data in 2")));
  for (const Score& score : all.scores)
    EXPECT_TRUE(std::isfinite(score.value) || score.name == "reverse_kl") << score.name;
}

TEST(Judge, WhatIsNotFiniteIsLeftOutAndSaid) {
  const std::shared_ptr<const Data> ring = make_synthetic("ring8");
  const Judge judge(ring, "ring8", nullptr);
  std::vector<float> samples = drawn(*ring, 100, 1);
  samples[7] = std::nanf("");
  const Judgement most = judge.judge(samples, 100, 1, 1);
  EXPECT_EQ(most.made, 99);
  EXPECT_THAT(most.findings, ElementsAre(HasSubstr("1 of 100 samples are not finite")));
  const Judgement none = judge.judge(std::vector<float>(40, std::nanf("")), 100, 1, 1);
  EXPECT_THAT(none.scores, IsEmpty());
  EXPECT_THAT(none.findings, ElementsAre(HasSubstr("20 of 20"), HasSubstr("too few")));
}

TEST(Judge, PicturesNeedAnExtractorForMoreThanPixels) {
  const auto data = picture_data();
  const auto scores = by_name(Judge(data, "mine", nullptr).judge(drawn(*data, 100, 1), 100, 1, 1));
  EXPECT_EQ(scores.size(), 1u);
  EXPECT_EQ(scores.count("sliced_wasserstein"), 1u);
  EXPECT_TRUE(Judge(data, "mine", nullptr).is_blind());
  EXPECT_FALSE(Judge(data, "mine", std::make_shared<FirstPixel>()).is_blind());
  EXPECT_FALSE(Judge(make_synthetic("ring8"), "ring8", nullptr).is_blind());
}

TEST(Judge, ModesAreComparedWithTheDatasOwnShares) {
  const auto data = picture_data();
  const auto extractor = std::make_shared<FirstPixel>();
  const Judge judge(data, "mine", extractor);
  const std::vector<float> samples = drawn(*data, 400, 1);
  const auto scores = by_name(judge.judge(samples, 200, 1, 1));
  EXPECT_EQ(scores.at("modes").value, 2.0);
  EXPECT_EQ(scores.at("modes").extractor, "first pixel");
  EXPECT_LT(scores.at("reverse_kl").value, 0.01);
  // Black pictures are of one mode, which has three quarters of the data.
  const std::vector<float> black(400 * 4, -1.0f);
  const auto dark = glanced(judge, black);
  EXPECT_EQ(dark.at("modes"), 1.0);
  EXPECT_NEAR(dark.at("reverse_kl"), std::log(4.0 / 3.0), 1e-12);
  EXPECT_GT(dark.at("fid"), 10.0 * glanced(judge, samples).at("fid"));
  // For data that it does not know, it tells no modes.
  EXPECT_EQ(glanced(Judge(data, "others", extractor), samples).count("modes"), 0u);
}

TEST(Judge, PixelsAreSeenFromBlackToWhiteWhateverTheirRange) {
  const auto extractor = std::make_shared<FirstPixel>();
  const auto small = picture_data(400, 0, 1), wide = picture_data(400, -1, 1);
  const double a = glanced(Judge(small, "mine", extractor), drawn(*small, 100, 1)).at("fid");
  const double b = glanced(Judge(wide, "mine", extractor), drawn(*wide, 100, 1)).at("fid");
  EXPECT_NEAR(a, b, 1e-6);
}

TEST(Judge, AGlanceHasTheSameNamesForWhateverThereIs) {
  const auto data = picture_data();
  const Judge judge(data, "mine", std::make_shared<FirstPixel>());
  const auto good = judge.glance(drawn(*data, 100, 1));
  const auto broken = judge.glance(std::vector<float>(400, std::nanf("")));
  ASSERT_EQ(good.size(), broken.size());
  for (std::size_t i = 0; i < good.size(); ++i) EXPECT_EQ(good[i].first, broken[i].first);
  EXPECT_TRUE(std::isinf(broken[0].second));
}

TEST(Judge, AnExtractorThatDoesNotFitIsRefusedAtOnce) {
  const std::shared_ptr<const Data> ring = make_synthetic("ring8");
  const auto extractor = std::make_shared<FirstPixel>();
  EXPECT_THAT(complaint_of([&] { Judge(ring, "ring8", extractor); }), HasSubstr("has none"));
  Images wide{.width = 3, .height = 2, .channels = 1};
  wide.pixels.assign(6, 0);
  const auto others = std::make_shared<ImageData>(wide, -1.0f, 1.0f);
  EXPECT_THAT(complaint_of([&] { Judge(others, "mine", extractor); }), HasSubstr("not 2 x 2"));
}

TEST(Judge, GlancesAtPointsOfAUsersOwn) {
  const std::vector<float> points = drawn(*make_synthetic("ring8"), 500, 1);
  const auto data = std::make_shared<PointData>(points, 2);
  const Judge judge(data, "mine.npy", nullptr);
  EXPECT_FALSE(judge.is_blind());
  auto distance = [&](const std::vector<float>& samples) {
    const auto all = judge.glance(samples);
    EXPECT_EQ(all.size(), 1u);
    EXPECT_EQ(all.front().first, "sliced_wasserstein");
    return all.front().second;
  };
  std::vector<float> moved = points;
  for (float& x : moved) x += 3.0f;
  EXPECT_NEAR(distance(points), 0.0, 1e-6);
  EXPECT_LT(distance(drawn(*make_synthetic("ring8"), 500, 2)), 0.6);
  EXPECT_GT(distance(moved), 2.0);
  moved[7] = NAN;
  EXPECT_EQ(distance(moved), std::numeric_limits<double>::infinity());
  // Both halves of the points, none of them twice.
  const Judgement judged = judge.judge(drawn(*make_synthetic("ring8"), 250, 3), 250, 1, 1);
  EXPECT_EQ(judged.real, 250);
  for (const Score& score : judged.scores)
    if (score.name == "precision") {
      EXPECT_LT(score.truth.value_or(1), 1.0);
    }
}

}  // namespace
}  // namespace gyre::gan
