#include "gyre/data/point_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "gyre/data/image_data.hpp"
#include "gyre/data/testing.hpp"
#include "gyre/store/npy.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string written(const TestFolder& folder, const std::string& name,
                    std::vector<std::uint64_t> shape, const std::vector<float>& numbers) {
  const std::string bytes =
      npy_header("<f4", shape) +
      std::string(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float));
  write_file(folder / name, bytes, Existing::kReplace);
  return (folder / name).string();
}

TEST(Points, AreDrawnAsTheyAre) {
  const TestFolder folder;
  const std::string path = written(folder, "a.npy", {3, 2}, {0, 1, 20, 21, -4, 1e6f});
  const std::unique_ptr<Data> data = make_data(path);
  EXPECT_THAT(data->shape(), ElementsAre(2));
  std::vector<float> samples(2 * 300), again(2 * 300);
  Stream stream(1, "test"), same(1, "test");
  data->draw(stream, samples);
  data->draw(same, again);
  EXPECT_EQ(samples, again);
  std::set<std::pair<float, float>> seen;
  for (std::size_t i = 0; i < samples.size(); i += 2) seen.insert({samples[i], samples[i + 1]});
  EXPECT_THAT(seen,
              ElementsAre(std::pair(-4.0f, 1e6f), std::pair(0.0f, 1.0f), std::pair(20.0f, 21.0f)));
}

TEST(Points, AreNoPictures) {
  const TestFolder folder;
  const std::string path = written(folder, "a.npy", {1, 2, 3}, {0, 1, 0, 1, 0, 1});
  EXPECT_EQ(load_points(path), nullptr);
  EXPECT_EQ(load_points(folder / "nothing.npy"), nullptr);
  EXPECT_THAT(make_data(path)->shape(), ElementsAre(1, 2, 3));
}

TEST(Points, SayWhatIsWrong) {
  const TestFolder folder;
  auto complaint = [&](std::vector<std::uint64_t> shape, const std::vector<float>& numbers,
                       const DataOptions& options = {}) {
    const std::string path = written(folder, "a.npy", shape, numbers);
    return complaint_of([&] { make_data(path, options); });
  };
  EXPECT_THAT(complaint({3}, {1, 2, 3}),
              HasSubstr("has the shape (3); points have (count, numbers) "
                        "with two numbers or more"));
  EXPECT_THAT(complaint({2, 2}, {1, 2, 3, NAN}),
              HasSubstr("holds nan in row 1; points are finite"));
  EXPECT_THAT(complaint({2, 2}, {1, 2, 3}), HasSubstr("cut short"));
  EXPECT_THAT(complaint({1, 2}, {1, 2}, {.part = DataPart::kTest}), HasSubstr("has no test part"));
}

}  // namespace
}  // namespace gyre
