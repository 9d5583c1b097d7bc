#include "gyre/data/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "gyre/data/image_data.hpp"
#include "gyre/data/stacked.hpp"
#include "gyre/data/testing.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

using ::testing::HasSubstr;

/// Ten pictures of one point each, of the brightness 10 x label.
Images ten_digits() {
  Images digits{.width = 1, .height = 1};
  for (int i = 0; i < 10; ++i) {
    digits.labels.push_back(9 - i);
    digits.pixels.push_back(static_cast<std::uint8_t>(10 * (9 - i)));
  }
  return digits;
}

TEST(Load, SaysHowToGetWhatIsMissing) {
  const TestFolder folder;
  const DataPlaces nowhere{folder / "cache", {}};
  for (const char* name : {"mnist", "stacked-mnist"})
    EXPECT_EQ(complaint_of([&] { load_images(name, DataPart::kTrain, {}, nowhere); }),
              "mnist is not here; to get it: gyre data fetch mnist");
}

TEST(Load, HoldsNamedSetsToTheirChecksums) {
  const TestFolder folder;
  const DataPlaces places{folder / "cache", {}};
  std::filesystem::create_directories(folder / "cache/mnist");
  for (const DataFile& file : data_facts("mnist").files)
    write_file(folder / ("cache/mnist/" + std::string(file.name)), "x");
  EXPECT_EQ(complaint_of([&] { load_images("mnist", DataPart::kTest, {}, places); }),
            "mnist is damaged: t10k-images-idx3-ubyte holds 1 bytes and not 7840016; to get it "
            "again: gyre data fetch mnist");
}

TEST(Load, NamesTheNearestName) {
  EXPECT_THAT(complaint_of([] { load_images("mnits"); }), HasSubstr("did you mean 'mnist'?"));
  EXPECT_EQ(complaint_of([] { load_images("ring8"); }), "ring8 is not made of pictures");
  EXPECT_THAT(complaint_of([] { load_images("./nowhere"); }), HasSubstr("cannot read './nowhere'"));
  EXPECT_THAT(complaint_of([] { load_images("gone.npy"); }), HasSubstr("cannot read 'gone.npy'"));
}

TEST(Load, FindsPathsAndScales) {
  const TestFolder folder;
  write_file(folder / "my-images", idx_bytes({2, 2, 2}, "aaaabbbb"));
  const Images images = load_images((folder / "my-images").string(), DataPart::kTrain, {4, 4, 3});
  EXPECT_EQ(images.size(), 48u);
  EXPECT_THAT(images.image(1), ::testing::Each('b'));
}

TEST(Stacked, ChannelsAreDigitsAndTheLabelIsTheirNumber) {
  const Images images = stacked(ten_digits(), 4000, "test");
  EXPECT_EQ(images.count(), 4000u);
  EXPECT_EQ(images.channels, 3u);
  std::set<std::int32_t> modes;
  for (std::size_t i = 0; i < images.count(); ++i) {
    const auto pixels = images.image(i);
    EXPECT_EQ(images.labels[i], 10 * pixels[0] + pixels[1] + pixels[2] / 10);
    modes.insert(images.labels[i]);
  }
  // Of 1000 modes 4000 draws miss 1000 exp(-4) = 18, give or take 4.
  EXPECT_GT(modes.size(), 960u);
  EXPECT_EQ(stacked(ten_digits(), 4000, "test").labels, images.labels);
  EXPECT_NE(stacked(ten_digits(), 4000, "other").labels, images.labels);
}

TEST(ImageData, SamplesBecomePicturesAgain) {
  const ImageData data(ten_digits(), -1.0f, 1.0f);
  std::vector<float> sample(data.size());
  data.copy(3, sample);
  const Images again = pictures_of(sample, data.shape(), -1.0f, 1.0f);
  EXPECT_EQ(again.width, data.images().width);
  EXPECT_EQ(again.height, data.images().height);
  EXPECT_TRUE(std::ranges::equal(again.pixels, data.images().image(3)));
  const float odd[] = {-7.0f, 7.0f, 0.0f, NAN};
  EXPECT_THAT(pictures_of(odd, {1, 2, 2}, -1.0f, 1.0f).pixels,
              ::testing::ElementsAre(0, 255, 128, 0));
}

TEST(ImageData, DrawsPicturesWithTheirLabels) {
  const ImageData data(ten_digits(), -1.0f, 1.0f);
  EXPECT_THAT(data.shape(), ::testing::ElementsAre(1, 1, 1));
  std::vector<float> samples(1000), again(1000);
  std::vector<std::int32_t> labels(1000);
  Stream stream(1, "test"), same(1, "test");
  data.draw(stream, samples, labels);
  data.draw(same, again);
  EXPECT_EQ(samples, again);
  std::vector<int> counts(10);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float byte = static_cast<float>(10 * labels[i]);
    EXPECT_FLOAT_EQ(samples[i], -1.0f + 2.0f * byte / 255.0f);
    ++counts[static_cast<std::size_t>(labels[i])];
  }
  for (const int count : counts) EXPECT_NEAR(count, 100, 40);  // four deviations
  EXPECT_THROW(ImageData({}, 0.0f, 1.0f), Error);
}

TEST(Catalogue, FactsAgreeWithEachOther) {
  for (const DataFacts& facts : data_catalogue()) {
    EXPECT_EQ(&data_facts(facts.name), &facts);
    EXPECT_EQ(facts.kind == DataFacts::Kind::kMade, facts.train == 0) << facts.name;
    EXPECT_EQ(facts.kind == DataFacts::Kind::kFetched, facts.package != nullptr) << facts.name;
    if (facts.kind == DataFacts::Kind::kStacked) {
      EXPECT_EQ(data_facts(facts.from).kind, DataFacts::Kind::kFetched) << facts.name;
    }
    if (facts.kind != DataFacts::Kind::kFetched) continue;
    const std::uint64_t pictures = (facts.train + facts.test) * facts.width * facts.height;
    EXPECT_EQ(facts.bytes(), pictures + 2 * 16 + facts.train + facts.test + 2 * 8) << facts.name;
    EXPECT_EQ(facts.class_names.size(), facts.classes) << facts.name;
    for (const DataFile& file : facts.files) EXPECT_EQ(file.sha256.size(), 64u);
  }
}

}  // namespace
}  // namespace gyre
