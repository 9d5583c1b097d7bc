#include "gyre/data/npy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/data/testing.hpp"
#include "gyre/store/npy.hpp"

namespace gyre {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class T>
std::string npy(std::string_view type, std::vector<std::uint64_t> shape, std::vector<T> values) {
  return npy_header(type, shape) +
         std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

std::string complaint(const std::string& bytes) {
  return complaint_of([&] { parse_npy_images(bytes, "a"); });
}

TEST(NpyImages, BytesAreTakenAsTheyAre) {
  const Images images =
      parse_npy_images(npy<std::uint8_t>("|u1", {2, 1, 3}, {1, 2, 3, 4, 5, 255}), "a");
  EXPECT_EQ(images.width, 3u);
  EXPECT_EQ(images.height, 1u);
  EXPECT_THAT(images.pixels, ElementsAre(1, 2, 3, 4, 5, 255));
}

TEST(NpyNumbers, AnyShapeAndType) {
  const NpyNumbers doubles = parse_npy_numbers(npy<double>("<f8", {2, 2}, {-1, 0.5, 7, 1e9}), "a");
  EXPECT_THAT(doubles.shape, ElementsAre(2u, 2u));
  EXPECT_THAT(doubles.values, ElementsAre(-1.0f, 0.5f, 7.0f, 1e9f));
  EXPECT_THAT(parse_npy_numbers(npy<std::uint8_t>("|u1", {3}, {0, 128, 255}), "a").values,
              ElementsAre(0.0f, 128.0f, 255.0f));
}

TEST(NpyImages, ChannelsMayStandBeforeOrBehind) {
  const auto behind = npy<std::uint8_t>("|u1", {1, 2, 1, 3}, {1, 2, 3, 4, 5, 6});
  const auto before = npy<std::uint8_t>("|u1", {1, 3, 2, 1}, {1, 4, 2, 5, 3, 6});
  for (const std::string& bytes : {behind, before}) {
    const Images images = parse_npy_images(bytes, "a");
    EXPECT_EQ(images.channels, 3u);
    EXPECT_EQ(images.width, 1u);
    EXPECT_EQ(images.height, 2u);
    EXPECT_THAT(images.pixels, ElementsAre(1, 4, 2, 5, 3, 6));
  }
  const auto two = npy<std::uint8_t>("|u1", {2, 2, 1, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  EXPECT_THAT(parse_npy_images(two, "a").pixels,
              ElementsAre(1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12));
}

TEST(NpyImages, FloatsAreScaledByTheirRange) {
  EXPECT_THAT(parse_npy_images(npy<float>("<f4", {1, 1, 3}, {0, 0.5, 1}), "a").pixels,
              ElementsAre(0, 128, 255));
  EXPECT_THAT(parse_npy_images(npy<double>("<f8", {1, 1, 3}, {-1, 0, 1}), "a").pixels,
              ElementsAre(0, 128, 255));
  EXPECT_THAT(parse_npy_images(npy<double>("<f8", {1, 1, 3}, {0, 127.6, 255}), "a").pixels,
              ElementsAre(0, 128, 255));
  EXPECT_THAT(parse_npy_images(npy<std::int64_t>("<i8", {1, 1, 3}, {0, 1, 200}), "a").pixels,
              ElementsAre(0, 1, 200));
}

TEST(NpyImages, RefusesWhatIsNoPicture) {
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 1, 2}, {0, 256})),
              HasSubstr("numbers from 0 to 256"));
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 1, 2}, {-1, 2})), HasSubstr("numbers from -1 to 2"));
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 1, 2}, {0, NAN})),
              HasSubstr("holds nan at place 1"));
  EXPECT_THAT(complaint(npy<double>("<f8", {2, 2}, {0, 0, 0, 0})), HasSubstr("the shape (2, 2)"));
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 2, 2, 2}, std::vector<double>(8))),
              HasSubstr("the shape (1, 2, 2, 2)"));
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 1, 3}, {0, 0})),
              HasSubstr("cut short: its shape (1, 1, 3) is 3 numbers, and 2 follow"));
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 0, 3}, {})), HasSubstr("is empty"));
  EXPECT_THAT(complaint(npy<double>("<c8", {1, 1, 1}, {0})), HasSubstr("numbers of type '<c8'"));
  EXPECT_THAT(complaint("PNG and so on, at some length"), HasSubstr("is no NPY file"));
  EXPECT_THAT(complaint(npy<double>("<f8", {1, 1, 1}, {0}).substr(0, 40)), HasSubstr("cut short"));
}

TEST(NpyImages, AnyHeaderIsUnderstoodOrRefused) {
  const std::string good = npy<float>("<f4", {2, 3, 1, 2}, std::vector<float>(12, 0.5f));
  Stream stream(1, "test");
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = good;
    for (int k = 0; k < 3; ++k)
      bytes[static_cast<std::size_t>(stream.uniform(0.0, 80.0))] =
          "0123456789(),.-'naiu:|<>\n\xff"[static_cast<std::size_t>(stream.uniform(0.0, 26.0))];
    bytes.resize(
        static_cast<std::size_t>(stream.uniform(0.9, 1.1) * static_cast<double>(good.size())));
    refused += complaint(bytes) != "nothing";
  }
  EXPECT_GT(refused, 1000);
  EXPECT_EQ(complaint(good), "nothing");
  std::string odd = good;
  odd.replace(odd.find("(2, 3"), 5, "(nan,");
  EXPECT_THAT(complaint(odd), HasSubstr("a shape that is not understood"));
}

TEST(NpyLabels, AreWholeNumbers) {
  EXPECT_THAT(parse_npy_labels(npy<std::int64_t>("<i8", {3}, {0, 9, 2}), "a"),
              ElementsAre(0, 9, 2));
  EXPECT_THAT(complaint_of([] {
                parse_npy_labels(npy<std::int32_t>("<i4", {2}, {0, -1}), "a");
              }),
              HasSubstr("the label -1 at place 1"));
  EXPECT_THAT(complaint_of([] { parse_npy_labels(npy<double>("<f8", {1}, {0.5}), "a"); }),
              HasSubstr("the label 0.5"));
}

}  // namespace
}  // namespace gyre
