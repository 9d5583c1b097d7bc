#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "gyre/sweep/plan.hpp"

namespace gyre {

/// The numbers of one file of a sweep, read as they are looked at.
class SweepArray {
 public:
  /// Throws FileError.
  SweepArray(const SweepPlan& plan, const std::filesystem::path& folder, Quantity quantity);
  ~SweepArray();
  SweepArray(const SweepArray&) = delete;
  SweepArray& operator=(const SweepArray&) = delete;

  /// Of a run: the number, or a point's i-th coordinate.
  double at(std::uint64_t lane, std::size_t i = 0) const;

 private:
  Quantity quantity_;
  std::size_t width_ = 1;
  void* bytes_ = nullptr;
  std::size_t size_ = 0, begin_ = 0;
};

/// A map over two axes of a sweep, thinned so that neither keeps more than `most` places, evenly
/// spread. Other axes stay where `at` says, a place for each axis.
struct Slice {
  std::size_t across = 0, up = 0;    ///< which axes
  std::vector<double> x, y;          ///< their values
  std::vector<std::uint64_t> lanes;  ///< `lanes[j * x.size() + i]` is at (x[i], y[j])
};
Slice slice(const SweepPlan& plan, std::size_t across, std::size_t up,
            std::span<const std::uint64_t> at, std::uint64_t most);

}  // namespace gyre
