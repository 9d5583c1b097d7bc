#include "gyre/data/data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "gyre/core/error.hpp"
#include "gyre/data/catalogue.hpp"

namespace gyre {
namespace {

using ::testing::HasSubstr;

std::vector<float> samples_of(const Data& data, std::size_t count) {
  std::vector<float> samples(count * data.size());
  Stream stream(1, "test");
  data.draw(stream, samples);
  return samples;
}

std::map<std::string, double> judged(const Data& data, std::span<const float> samples) {
  std::map<std::string, double> all;
  for (const auto& [name, value] : data.judge(samples)) all[name] = value;
  return all;
}

TEST(Synthetic, AreWhatTheirNamesSay) {
  for (const DataFacts& facts : data_catalogue()) {
    if (facts.kind != DataFacts::Kind::kMade) continue;
    const auto data = make_data(facts.name);
    const std::vector<float> samples = samples_of(*data, 500);
    for (const float x : samples) EXPECT_TRUE(std::isfinite(x)) << facts.name;
    EXPECT_EQ(samples, samples_of(*data, 500)) << facts.name;
    EXPECT_EQ(data->centres().size() % data->size(), 0u);
  }
}

TEST(Synthetic, TrueSamplesFindEveryModeAndAreOfHighQuality) {
  const std::map<std::string, double> modes{{"ring8", 8}, {"grid25", 25}, {"grid16", 16}};
  for (const auto& [name, count] : modes) {
    const auto data = make_data(name);
    EXPECT_EQ(data->centres().size(), 2 * count);
    const auto found = judged(*data, samples_of(*data, 20000));
    EXPECT_EQ(found.at("modes"), count) << name;
    EXPECT_NEAR(found.at("high_quality"), 1.0 - std::exp(-4.5), 3e-3) << name;  // chi^2 below 9
    EXPECT_LT(found.at("reverse_kl"), 2e-3) << name;
  }
}

TEST(Synthetic, CollapseIsSeen) {
  const auto ring = make_data("ring8");
  const std::vector<float> one(200, 0.0f);
  const auto nothing = judged(*ring, one);
  EXPECT_EQ(nothing.at("modes"), 0.0);
  EXPECT_EQ(nothing.at("high_quality"), 0.0);
  EXPECT_EQ(nothing.at("reverse_kl"), INFINITY);
  std::vector<float> right;
  for (int i = 0; i < 100; ++i) right.push_back(2.0f), right.push_back(0.0f);
  const auto collapsed = judged(*ring, right);
  EXPECT_EQ(collapsed.at("modes"), 1.0);
  EXPECT_EQ(collapsed.at("high_quality"), 1.0);
  EXPECT_NEAR(collapsed.at("reverse_kl"), std::log(8.0), 1e-12);
}

TEST(Synthetic, CovariancesAreThoseStated) {
  for (const char* name : {"covariance", "gauss75"}) {
    const auto data = make_data(name);
    const std::size_t count = 20000;
    const auto found = judged(*data, samples_of(*data, count));
    EXPECT_LT(found.at("covariance_error"), 0.1) << name;
    std::vector<float> doubled = samples_of(*data, count);
    for (float& x : doubled) x *= 2.0f;
    EXPECT_NEAR(judged(*data, doubled).at("covariance_error"), 3.0, 0.1) << name;
  }
}

TEST(Synthetic, ThePatternIsHighAndLow) {
  const auto data = make_data("pattern-1010");
  const auto found = judged(*data, samples_of(*data, 1000));
  EXPECT_EQ(found.at("in_pattern"), 1.0);
  EXPECT_NEAR(found.at("mean_high"), 0.9, 0.01);
  EXPECT_NEAR(found.at("mean_low"), 0.1, 0.01);
  const std::vector<float> flat(400, 0.5f);
  EXPECT_EQ(judged(*data, flat).at("in_pattern"), 0.0);
}

TEST(Synthetic, UnknownNamesAreRefusedWithTheNearest) {
  try {
    make_data("ring9");
    FAIL();
  } catch (const Error& problem) {
    EXPECT_THAT(problem.what(), HasSubstr("did you mean 'ring8'?"));
  }
}

}  // namespace
}  // namespace gyre
