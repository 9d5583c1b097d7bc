#include "gyre/data/own.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "gyre/data/gzip.hpp"
#include "gyre/data/png.hpp"
#include "gyre/data/testing.hpp"
#include "gyre/store/npy.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr DataPart kTrain = DataPart::kTrain, kTest = DataPart::kTest;

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  write_file(path, bytes);
}

void write_packed(const std::filesystem::path& path, const std::string& bytes) {
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
}

std::string png(std::size_t width, std::size_t height, std::vector<std::uint8_t> rgb) {
  Raster raster{width, height, {}};
  for (std::size_t i = 0; i < width * height; ++i)
    raster.rgb.insert(raster.rgb.end(), rgb.begin(), rgb.end());
  return png_of(raster);
}

TEST(Own, IdxWithItsLabelsPackedOrNot) {
  const TestFolder folder;
  write(folder / "my-images.idx3", idx_bytes({2, 1, 2}, "abcd"));
  EXPECT_TRUE(load_own(folder / "my-images.idx3", kTrain, {}).labels.empty());
  write_packed(folder / "my-labels.idx1.gz", idx_bytes({2}, "\x05\x03"));
  const Images images = load_own(folder / "my-images.idx3", kTrain, {});
  EXPECT_THAT(images.labels, ElementsAre(5, 3));
  EXPECT_THAT(images.pixels, ElementsAre('a', 'b', 'c', 'd'));
  EXPECT_THAT(complaint_of([&] { load_own(folder / "my-images.idx3", kTest, {}); }),
              HasSubstr("has no test part"));
  write(folder / "b-images", idx_bytes({2, 1, 2}, "abcd"));
  write(folder / "b-labels", idx_bytes({3}, "abc"));
  EXPECT_THAT(complaint_of([&] { load_own(folder / "b-images", kTrain, {}); }),
              HasSubstr("b-labels' has 3 labels, and "));
}

TEST(Own, FolderOfIdxFilesHasBothParts) {
  const TestFolder folder;
  write_packed(folder / "train-images-idx3-ubyte.gz", idx_bytes({2, 1, 1}, "ab"));
  write_packed(folder / "train-labels-idx1-ubyte.gz", idx_bytes({2}, "\x01\x02"));
  write(folder / "t10k-images-idx3-ubyte", idx_bytes({1, 1, 1}, "c"));
  write(folder / "t10k-labels-idx1-ubyte", idx_bytes({1}, "\x04"));
  const std::filesystem::path path = (folder / "x").parent_path();
  EXPECT_THAT(load_own(path, kTrain, {}).labels, ElementsAre(1, 2));
  EXPECT_THAT(load_own(path, kTest, {}).labels, ElementsAre(4));
  EXPECT_THAT(load_own(path, kTest, {}).pixels, ElementsAre('c'));
}

TEST(Own, PackedFilesThatAreCutOrDamagedAreRefused) {
  const TestFolder folder;
  std::string bytes;
  for (int i = 0; i < 4000; ++i) bytes += static_cast<char>(i * i / 7);
  write_packed(folder / "whole.gz", bytes);
  EXPECT_EQ(read_unpacked(folder / "whole.gz"), bytes);
  const std::string packed = read_file(folder / "whole.gz", 1 << 20);
  write(folder / "twice.gz", packed + packed);
  EXPECT_EQ(read_unpacked(folder / "twice.gz"), bytes + bytes);
  write(folder / "cut.gz", packed.substr(0, packed.size() / 2));
  EXPECT_THAT(complaint_of([&] { read_unpacked(folder / "cut.gz"); }), HasSubstr("is cut short"));
  std::string damaged = packed;
  damaged[packed.size() / 2] = static_cast<char>(damaged[packed.size() / 2] ^ 0x55);
  write(folder / "damaged.gz", damaged);
  EXPECT_THAT(complaint_of([&] { read_unpacked(folder / "damaged.gz"); }), HasSubstr("is damaged"));
}

TEST(Own, CifarBatchesHavePartsAndClassNames) {
  const TestFolder folder;
  const auto batch = [](char label) { return label + std::string(3072, label); };
  write(folder / "data_batch_1.bin", batch(1));
  write(folder / "data_batch_2.bin", batch(2) + batch(3));
  write(folder / "test_batch.bin", batch(4));
  write(folder / "batches.meta.txt", "airplane\nautomobile\n\n");
  const std::filesystem::path path = (folder / "x").parent_path();
  const Images train = load_own(path, kTrain, {});
  EXPECT_THAT(train.labels, ElementsAre(1, 2, 3));
  EXPECT_EQ(train.image(2)[0], 3);
  EXPECT_THAT(train.classes, ElementsAre("airplane", "automobile"));
  EXPECT_THAT(load_own(path, kTest, {}).labels, ElementsAre(4));
  EXPECT_THAT(load_own(folder / "data_batch_2.bin", kTrain, {}).labels, ElementsAre(2, 3));
}

TEST(Own, NpyWithLabelsBeside) {
  const TestFolder folder;
  const std::uint64_t shape[] = {2, 1, 2}, two[] = {2};
  write(folder / "a.npy", npy_header("|u1", shape) + "abcd");
  write(folder / "a-labels.npy", npy_header("|u1", two) + "\x01\x07");
  EXPECT_THAT(load_own(folder / "a.npy", kTrain, {}).labels, ElementsAre(1, 7));
}

TEST(Own, FoldersOfPicturesAreClasses) {
  const TestFolder folder;
  write(folder / "train/cat/b.png", png(4, 4, {200, 100, 50}));
  write(folder / "train/cat/a.PNG", png(4, 4, {1, 2, 3}));
  write(folder / "train/ant/c.png", png(4, 4, {9, 9, 9}));
  write(folder / "train/notes.txt", "no picture");
  write(folder / "test/ant/d.png", png(4, 4, {7, 8, 9}));
  const std::filesystem::path path = (folder / "x").parent_path();
  const Images train = load_own(path, kTrain, {});
  EXPECT_THAT(train.classes, ElementsAre("ant", "cat"));
  EXPECT_THAT(train.labels, ElementsAre(0, 1, 1));
  EXPECT_EQ(train.channels, 3u);
  EXPECT_THAT(train.image(1).first(16), Each(1));
  EXPECT_THAT(train.image(2).subspan(16, 16), Each(100));
  EXPECT_EQ(load_own(path, kTest, {}).count(), 1u);
  write(folder / "test/e.png", png(4, 4, {7, 8, 9}));
  EXPECT_THAT(
      complaint_of([&] { load_own(path, kTest, {}); }),
      HasSubstr("holds pictures, such as 'e.png', beside folders of pictures, such as 'ant'"));
}

TEST(Own, PicturesOfManySizesNeedASize) {
  const TestFolder folder;
  write(folder / "a.png", png(4, 4, {50, 50, 50}));
  write(folder / "b.png", png(8, 6, {200, 200, 200}));
  const std::filesystem::path path = (folder / "x").parent_path();
  EXPECT_THAT(complaint_of([&] { load_own(path, kTrain, {}); }),
              HasSubstr("b.png' has 8 x 6 pixels, and"));
  const Images images = load_own(path, kTrain, {3, 3, 1});
  EXPECT_EQ(images.count(), 2u);
  EXPECT_EQ(images.channels, 1u);
  EXPECT_THAT(images.image(0), Each(50));
  EXPECT_THAT(images.image(1), Each(200));
}

TEST(Own, FilesThatAreNoPicturesAreNamed) {
  const TestFolder folder;
  const std::filesystem::path path = (folder / "x").parent_path();
  EXPECT_THAT(complaint_of([&] { load_own(path, kTrain, {}); }), HasSubstr("holds no pictures"));
  write(folder / "a.png", "not a picture at all");
  EXPECT_THAT(complaint_of([&] { load_own(path, kTrain, {}); }),
              HasSubstr("a.png' cannot be read as PNG or JPEG"));
  EXPECT_THAT(complaint_of([&] { load_own(folder / "a.png", kTrain, {}); }),
              HasSubstr("is one picture"));
  EXPECT_THAT(complaint_of([&] { load_own(folder / "gone", kTrain, {}); }),
              HasSubstr("cannot read"));
}

TEST(Resized, CutsAboutTheMiddleAndScales) {
  // Bars of 0, 100, 200: of a picture twice as wide as high, the middle half stays.
  Images wide{.width = 8, .height = 4};
  for (int y = 0; y < 4; ++y)
    for (const int value : {0, 0, 100, 100, 100, 100, 200, 200})
      wide.pixels.push_back(static_cast<std::uint8_t>(value));
  const Images cut = resized(wide, {2, 2, 3});
  EXPECT_EQ(cut.channels, 3u);
  EXPECT_EQ(cut.pixels.size(), 12u);
  EXPECT_THAT(cut.pixels, Each(100));
  Images red{.width = 1, .height = 1, .channels = 3, .pixels = {255, 0, 0}};
  EXPECT_THAT(resized(red, {0, 0, 1}).pixels, ElementsAre(76));
  EXPECT_THAT(resized(red, {}).pixels, ElementsAre(255, 0, 0));
}

TEST(ImageSize, IsReadFromText) {
  EXPECT_EQ(parse_image_size("32x28").height, 28u);
  EXPECT_EQ(parse_image_size("32x28x3").channels, 3u);
  for (const char* wrong : {"32", "0x28", "28x", "28x28x2", "5000x5000", "1.5x2", "axb", "1x1x1x1",
                            "nanx28", "infx28", "-1x28"})
    EXPECT_THAT(complaint_of([&] { parse_image_size(wrong); }), HasSubstr("is no size of pictures"))
        << wrong;
}

}  // namespace
}  // namespace gyre
