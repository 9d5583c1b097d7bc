#include "gyre/data/point_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/gzip.hpp"
#include "gyre/data/npy.hpp"
#include "gyre/store/sha256.hpp"

namespace gyre {

PointData::PointData(std::vector<float> points, std::size_t size, std::string digest)
    : points_(std::move(points)), size_(size), digest_(std::move(digest)) {
  GYRE_ASSERT(size > 0 && !points_.empty() && points_.size() % size == 0);
}

void PointData::draw(Stream& stream, std::span<float> samples) const {
  for (std::size_t i = 0; i + size_ <= samples.size(); i += size_)
    copy(static_cast<std::size_t>(stream.uniform() * static_cast<double>(count())),
         samples.subspan(i, size_));
}

void PointData::copy(std::size_t i, std::span<float> sample) const {
  std::copy_n(points_.begin() + static_cast<std::ptrdiff_t>(i * size_), size_, sample.begin());
}

std::unique_ptr<PointData> load_points(const std::filesystem::path& path) {
  std::error_code ignored;
  if (path.extension() != ".npy" || !std::filesystem::is_regular_file(path, ignored))
    return nullptr;
  const std::string source = path.string(), bytes = read_unpacked(path);
  if (npy_shape(bytes, source).size() > 2) return nullptr;  // pictures
  NpyNumbers numbers = parse_npy_numbers(bytes, source);
  const std::size_t size = numbers.shape.size() == 2 ? numbers.shape[1] : 1;
  if (size < 2)
    throw Error(
        fmt::format("{} has the shape ({}); points have (count, numbers) with two numbers "
                    "or more, and pictures (count, height, width)",
                    as_typed(source), fmt::join(numbers.shape, ", ")));
  const auto strange =
      std::ranges::find_if(numbers.values, [](float x) { return !std::isfinite(x); });
  if (strange != numbers.values.end())
    throw Error(fmt::format("{} holds {} in row {}; points are finite numbers", as_typed(source),
                            *strange,
                            static_cast<std::size_t>(strange - numbers.values.begin()) / size));
  return std::make_unique<PointData>(std::move(numbers.values), size, sha256(bytes));
}

}  // namespace gyre
