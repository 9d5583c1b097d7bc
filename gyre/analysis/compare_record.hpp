#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gyre/engine/run.hpp"

namespace gyre {

/// Where one run was: the first `kept` places at the steps that every run keeps, and one more for
/// its end if that is none of them.
struct Record {
  std::vector<std::uint64_t> steps;
  std::vector<double> points;
  std::size_t kept = 0;

  std::size_t size() const { return steps.size(); }
  std::span<const double> at(std::size_t k, std::size_t dim) const {
    return std::span(points).subspan(k * dim, dim);
  }
};

/// Keeps every step at first, and then as many places each time that the step doubles.
class Watch final : public Observer {
 public:
  Watch(std::size_t lanes, std::uint64_t resolution) : resolution_(resolution), records_(lanes) {}

  std::uint64_t every() const override { return 1; }
  void see(std::size_t lane, std::uint64_t step, std::span<const double> point) override;
  /// What was kept, with the ends.
  std::vector<Record> take(std::span<const Outcome> outcomes);

 private:
  std::uint64_t resolution_;
  std::vector<Record> records_;
};

/// Places a doubling that keep so many recorded numbers in memory.
std::uint64_t resolution_for(std::size_t numbers);

/// The length of the field at each place, as the rule's program measures it.
std::vector<double> residuals_along(const Traced& traced, const Record& record);

/// The step from which the values stay within the tolerance, infinite if they do not; between two
/// places in proportion to the logarithm.
double within(std::span<const double> values, const Record& record, double tolerance);

/// Places of the longest record that are worth drawing: few, and evenly spread in the logarithm.
std::vector<std::size_t> places_drawn(std::span<const Record> records);
std::vector<double> steps_at(std::span<const Record> records, std::span<const std::size_t> places);

}  // namespace gyre
