#include "gyre/engine/path.hpp"

#include <algorithm>

namespace gyre {

namespace {

// Bounded in numbers a lane, so that games of many variables do not swallow the memory. The lanes
// of a block must not count here, or the block size would change the results.
std::size_t bounded(std::size_t numbers, std::size_t dim, std::size_t low, std::size_t high) {
  return std::clamp(numbers / std::max<std::size_t>(1, dim), low, high);
}

void append(std::vector<double>& data, std::size_t lanes,
            std::span<const std::span<const double>> coordinates) {
  for (const std::span<const double> c : coordinates)
    data.insert(data.end(), c.begin(), c.begin() + static_cast<std::ptrdiff_t>(lanes));
}

Path gather(std::size_t dim, std::size_t lanes, const std::vector<std::uint64_t>& steps,
            const std::vector<double>& data, std::size_t lane) {
  Path path{dim, steps, {}};
  path.points.reserve(steps.size() * dim);
  for (std::size_t i = 0; i < steps.size() * dim; ++i)
    path.points.push_back(data[i * lanes + lane]);
  return path;
}

}  // namespace

History::History(std::size_t dim, std::size_t lanes)
    : dim_(dim), lanes_(lanes), capacity_(bounded(16'384, dim, 64, 1'024)) {}

void History::keep(std::uint64_t step, std::span<const std::span<const double>> coordinates) {
  steps_.push_back(step);
  append(data_, lanes_, coordinates);
  if (steps_.size() < capacity_) return;
  stride_ *= 2;
  const std::size_t row = dim_ * lanes_;
  std::size_t kept = 0;
  for (std::size_t k = 0; k < steps_.size(); ++k) {
    if (steps_[k] % stride_ != 0) continue;
    steps_[kept] = steps_[k];
    std::copy_n(data_.begin() + static_cast<std::ptrdiff_t>(k * row), row,
                data_.begin() + static_cast<std::ptrdiff_t>(kept * row));
    ++kept;
  }
  steps_.resize(kept);
  data_.resize(kept * row);
}

Path History::path(std::size_t lane) const { return gather(dim_, lanes_, steps_, data_, lane); }

std::uint64_t Tail::length(std::size_t dim) { return bounded(32'768, dim, 64, 512); }

void Tail::keep(std::uint64_t step, std::span<const std::span<const double>> coordinates) {
  steps_.push_back(step);
  append(data_, lanes_, coordinates);
}

Path Tail::path(std::size_t lane) const { return gather(dim_, lanes_, steps_, data_, lane); }

}  // namespace gyre
