#include "gyre/engine/path.hpp"

#include <algorithm>

namespace gyre {

namespace {

constexpr std::uint64_t kCoarser = 4;  // from one level of a tail to the next
constexpr std::uint64_t kTailLength = 192;

// Bounded in numbers a lane, so that games of many variables do not swallow the memory. The lanes
// of a block must not count here, or the block size would change the results.
std::size_t bounded(std::size_t numbers, std::size_t dim, std::size_t low, std::size_t high) {
  return std::clamp(numbers / std::max<std::size_t>(1, dim), low, high);
}

}  // namespace

void Rows::clear(std::size_t dim, std::size_t lanes) {
  dim_ = dim, lanes_ = lanes;
  steps_.clear();
  data_.clear();
}

void Rows::add(std::uint64_t step, std::span<const std::span<const double>> coordinates) {
  steps_.push_back(step);
  for (const std::span<const double> c : coordinates)
    data_.insert(data_.end(), c.begin(), c.begin() + static_cast<std::ptrdiff_t>(lanes_));
}

void Rows::thin(std::uint64_t stride) {
  const std::size_t row = dim_ * lanes_;
  std::size_t kept = 0;
  for (std::size_t k = 0; k < steps_.size(); ++k) {
    if (steps_[k] % stride != 0) continue;
    steps_[kept] = steps_[k];
    std::copy_n(data_.begin() + static_cast<std::ptrdiff_t>(k * row), row,
                data_.begin() + static_cast<std::ptrdiff_t>(kept * row));
    ++kept;
  }
  steps_.resize(kept);
  data_.resize(kept * row);
}

std::vector<Path> Rows::paths(std::size_t first, std::size_t count) const {
  const std::size_t numbers = steps_.size() * dim_;
  std::vector<Path> paths(count, Path{dim_, steps_, std::vector<double>(numbers)});
  for (std::size_t i = 0; i < numbers; ++i)
    for (std::size_t l = 0; l < count; ++l) paths[l].points[i] = data_[i * lanes_ + first + l];
  return paths;
}

void History::clear(std::size_t dim, std::size_t lanes) {
  rows_.clear(dim, lanes);
  capacity_ = bounded(8'192, dim, 64, 512);
  stride_ = 1;
}

void History::keep(std::uint64_t step, std::span<const std::span<const double>> coordinates) {
  rows_.add(step, coordinates);
  if (rows_.size() < capacity_) return;
  stride_ *= 2;
  rows_.thin(stride_);
}

void Tail::clear(std::size_t dim, std::size_t lanes, std::uint64_t steps) {
  rows_.clear(dim, lanes);
  steps_ = steps;
  length_ = bounded(16'384, dim, 48, kTailLength);
}

bool Tail::due(std::uint64_t step) const {
  const std::uint64_t left = steps_ - step;
  std::uint64_t stride = 1;
  while (left / stride >= length_) stride *= kCoarser;
  return step % stride == 0;
}

std::uint64_t Tail::next_due(std::uint64_t step) const {
  std::uint64_t next = step + 1;
  while (next < steps_ && !due(next)) {
    // Nothing is due before the next multiple of this level's stride or the next level's beginning.
    std::uint64_t stride = 1;
    while ((steps_ - next) / stride >= length_) stride *= kCoarser;
    const std::uint64_t finer = steps_ - (length_ * (stride / kCoarser) - 1);
    const std::uint64_t multiple = (next / stride + 1) * stride;
    next = finer > next ? std::min(multiple, finer) : multiple;
  }
  return std::min(next, steps_);
}

Path Tail::level(const Path& tail, int level) {
  std::uint64_t stride = 1;
  for (int i = 0; i < level; ++i) stride *= kCoarser;
  // Going back from the end, the places that are whole strides apart.
  std::vector<std::size_t> places;
  for (std::size_t k = tail.size(); k-- > 0;) {
    if (tail.steps[k] % stride != 0) continue;
    if (!places.empty() && tail.steps[places.back()] - tail.steps[k] != stride) break;
    places.push_back(k);
  }
  Path path{tail.dim, {}, {}};
  for (auto k = places.rbegin(); k != places.rend(); ++k) {
    path.steps.push_back(tail.steps[*k]);
    path.points.insert(path.points.end(), tail.at(*k).begin(), tail.at(*k).end());
  }
  return path;
}

}  // namespace gyre
