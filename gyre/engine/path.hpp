#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gyre {

/// Places a trajectory passed through: `dim` numbers for each step that was kept.
struct Path {
  std::size_t dim = 0;
  std::vector<std::uint64_t> steps;
  std::vector<double> points;

  std::size_t size() const { return steps.size(); }
  std::span<const double> at(std::size_t k) const {
    return std::span(points).subspan(k * dim, dim);
  }
};

/// Rows of a block of lanes: a step after the other, in it a coordinate after the other. Cleared,
/// it keeps its memory for the next block.
class Rows {
 public:
  void clear(std::size_t dim, std::size_t lanes);
  /// `coordinates` holds one run of lanes a coordinate.
  void add(std::uint64_t step, std::span<const std::span<const double>> coordinates);
  /// Forgets the steps that are no multiple of this.
  void thin(std::uint64_t stride);
  std::size_t size() const { return steps_.size(); }

  /// The paths of `count` neighbours: far cheaper than one by one, for they lie side by side.
  std::vector<Path> paths(std::size_t first, std::size_t count) const;

 private:
  std::size_t dim_ = 0, lanes_ = 0;
  std::vector<std::uint64_t> steps_;
  std::vector<double> data_;
};

/// Places since step 0, thinned as they grow: when the store is full every other place is
/// forgotten, and from then on half as many are kept. What is kept depends on the step alone.
class History {
 public:
  void clear(std::size_t dim, std::size_t lanes);

  /// Whether this step is to be kept.
  bool due(std::uint64_t step) const { return step % stride_ == 0; }
  /// The first step after this one that will be.
  std::uint64_t next_due(std::uint64_t step) const { return (step / stride_ + 1) * stride_; }
  void keep(std::uint64_t step, std::span<const std::span<const double>> coordinates);
  std::vector<Path> paths(std::size_t first, std::size_t count) const {
    return rows_.paths(first, count);
  }

 private:
  Rows rows_;
  std::size_t capacity_ = 0;
  std::uint64_t stride_ = 1;
};

/// Places towards the end of a run of known length: the last ones step by step, those before them
/// every fourth step, before that every 16th, and so on back to the start. A turn of any length
/// shows up finely enough on one of these levels.
class Tail {
 public:
  void clear(std::size_t dim, std::size_t lanes, std::uint64_t steps);

  bool due(std::uint64_t step) const;
  std::uint64_t next_due(std::uint64_t step) const;
  void keep(std::uint64_t step, std::span<const std::span<const double>> coordinates) {
    rows_.add(step, coordinates);
  }
  std::vector<Path> paths(std::size_t first, std::size_t count) const {
    return rows_.paths(first, count);
  }

  /// What a path of a tail shows on level 0 (every step), 1 (every fourth), ...; empty beyond the
  /// last.
  static Path level(const Path& tail, int level);

 private:
  Rows rows_;
  std::uint64_t steps_ = 0, length_ = 0;
};

}  // namespace gyre
