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

/// The paths of a block of lanes since step 0, thinned as they grow: when the store is full every
/// other place is forgotten and from then on half as many are kept. What is kept depends on the
/// step alone.
class History {
 public:
  History(std::size_t dim, std::size_t lanes);

  /// Whether this step is to be kept.
  bool due(std::uint64_t step) const { return step % stride_ == 0; }
  /// The first step after this one that will be.
  std::uint64_t next_due(std::uint64_t step) const { return (step / stride_ + 1) * stride_; }
  /// `coordinates` holds one run of lanes a coordinate.
  void keep(std::uint64_t step, std::span<const std::span<const double>> coordinates);
  Path path(std::size_t lane) const;

 private:
  std::size_t dim_, lanes_, capacity_;
  std::uint64_t stride_ = 1;
  std::vector<std::uint64_t> steps_;
  std::vector<double> data_;  // a step after the other, in it a coordinate after the other
};

/// The last steps of a block, every one of them.
class Tail {
 public:
  Tail(std::size_t dim, std::size_t lanes) : dim_(dim), lanes_(lanes) {}

  /// How many steps before the end of a run the tail begins.
  static std::uint64_t length(std::size_t dim);

  void keep(std::uint64_t step, std::span<const std::span<const double>> coordinates);
  Path path(std::size_t lane) const;

 private:
  std::size_t dim_, lanes_;
  std::vector<std::uint64_t> steps_;
  std::vector<double> data_;
};

}  // namespace gyre
