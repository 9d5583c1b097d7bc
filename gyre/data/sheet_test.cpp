#include "gyre/data/sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/data/photographs.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

using ::testing::ElementsAre;

Images dots(std::vector<std::int32_t> labels, std::size_t count) {
  Images images{.width = 28, .height = 28};
  for (std::size_t i = 0; i < count; ++i)
    images.pixels.insert(images.pixels.end(), 28 * 28, static_cast<std::uint8_t>(i));
  images.labels = std::move(labels);
  return images;
}

TEST(Sheet, RowsAreClassesWhereEachHasEnough) {
  const SheetPlan plan = plan_sheet(dots({1, 0, 1, 0, 1, 0}, 6), 20);
  EXPECT_TRUE(plan.row_a_class);
  EXPECT_EQ(plan.columns, 2u);
  EXPECT_THAT(plan.which, ElementsAre(1, 3, 0, 2));
  const SheetPlan few = plan_sheet(dots({1, 0, 1, 0, 1, 0}, 6), 40);
  EXPECT_FALSE(few.row_a_class);
  EXPECT_THAT(few.which, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(plan_sheet(dots({}, 6), 4).which, ElementsAre(0, 1, 2, 3));
}

TEST(Sheet, PicturesStandWhereTheyShould) {
  const Images images = dots({}, 13);
  const Raster sheet = contact_sheet(images, plan_sheet(images, 100));
  EXPECT_EQ(sheet.width, 10 * 58 + 2u);
  EXPECT_EQ(sheet.height, 2 * 58 + 2u);
  const auto at = [&](std::size_t x, std::size_t y) {
    return sheet.rgb[3 * (y * sheet.width + x)];
  };
  EXPECT_EQ(at(0, 0), 0x80);
  EXPECT_EQ(at(2, 2), 0);
  EXPECT_EQ(at(2 + 58, 2), 1);
  EXPECT_EQ(at(2 + 58 + 55, 57), 1);
  EXPECT_EQ(at(2 + 58 + 56, 57), 0x80);
  EXPECT_EQ(at(2 + 2 * 58, 2 + 58), 12);
  EXPECT_EQ(at(2 + 3 * 58, 2 + 58), 0x80);
}

TEST(Sheet, PngReadsBackAsItWas) {
  const TestFolder folder;
  Raster raster{3, 2, {}};
  for (int i = 0; i < 18; ++i) raster.rgb.push_back(static_cast<std::uint8_t>(13 * i));
  write_file(folder / "a.png", png_of(raster));
  const Images read = read_photographs({folder / "a.png"}, {});
  EXPECT_EQ(read.width, 3u);
  EXPECT_EQ(read.height, 2u);
  EXPECT_THAT(read.pixels, ElementsAre(0, 39, 78, 117, 156, 195, 13, 52, 91, 130, 169, 208, 26, 65,
                                       104, 143, 182, 221));
}

}  // namespace
}  // namespace gyre
