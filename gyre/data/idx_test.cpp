#include "gyre/data/idx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/data/testing.hpp"

namespace gyre {
namespace {

using ::testing::ElementsAre;

std::string images_complaint(const std::string& bytes) {
  return complaint_of([&] { parse_idx_images(bytes, "a"); });
}

TEST(Idx, ReadsPicturesAndLabels) {
  const Images images = parse_idx_images(idx_bytes({2, 3, 4}, counting(24, 120)), "a");
  EXPECT_EQ(images.count(), 2u);
  EXPECT_EQ(images.height, 3u);
  EXPECT_EQ(images.width, 4u);
  EXPECT_EQ(images.channels, 1u);
  EXPECT_EQ(images.image(1)[0], 132);
  EXPECT_EQ(images.image(1)[11], 143);
  EXPECT_THAT(parse_idx_labels(idx_bytes({3}, "\x07\x02\xff"), "a"), ElementsAre(7, 2, 255));
}

TEST(Idx, SaysWhatIsWrongWithAFile) {
  const std::string good = idx_bytes({2, 3, 4}, counting(24));
  EXPECT_EQ(images_complaint("PK\x03\x04 and so on"),
            "'a' is no idx file: it begins with 50 4b 03 04 and not with 00 00 08 03");
  EXPECT_EQ(images_complaint(""),
            "'a' is no idx file: it begins with nothing and not with 00 00 08 03");
  EXPECT_EQ(images_complaint(idx_bytes({3}, "abc")),
            "'a' is an idx file of 1 dimensions; images have 3");
  std::string floats = good;
  floats[2] = 0x0d;
  EXPECT_EQ(images_complaint(floats),
            "'a' holds numbers of type 0d; those of images are bytes, type 08");
  EXPECT_EQ(images_complaint(good.substr(0, 39)),
            "'a' is cut short: its header says 2 x 3 x 4, which is 24 bytes, and 23 follow");
  EXPECT_EQ(images_complaint(good + "x"),
            "'a' is too long: its header says 2 x 3 x 4, which is 24 bytes, and 25 follow");
  EXPECT_EQ(images_complaint(good.substr(0, 16)),
            "'a' is cut short: its header says 2 x 3 x 4, which is 24 bytes, and 0 follow");
  EXPECT_EQ(images_complaint(good.substr(0, 9)), "'a' is cut short: it ends within its header");
  EXPECT_EQ(images_complaint(idx_bytes({0, 28, 28}, "")),
            "'a' is empty: its header says 0 x 28 x 28");
}

TEST(Idx, RefusesSizesWhoseProductOverflows) {
  const unsigned large = 0x80000000;
  EXPECT_THAT(images_complaint(idx_bytes({large, large, 4}, "")),
              ::testing::HasSubstr("cut short"));
  EXPECT_THAT(images_complaint(idx_bytes({large, large, large}, "")),
              ::testing::HasSubstr("cut short"));
}

}  // namespace
}  // namespace gyre
