#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gyre::report {

/// The points of one run of a game with two numbers, one a step from step 0 on.
struct Path {
  std::vector<double> x, y;

  std::size_t size() const { return x.size(); }
  void add(std::span<const double> point);
  /// Lengths of all points: distances to (0, 0), where the tour's games have their solution.
  std::vector<double> distances() const;
  /// 0, 1, 2, ..., each times `unit`.
  std::vector<double> steps(double unit = 1.0) const;
};

/// The factor a step that fits the distances best: least squares on their logarithms.
double fitted_growth(std::span<const double> distances);

/// The factor a step from the first distance and the last one alone.
double end_to_end_growth(std::span<const double> distances);

/// How often the path went round (0, 0), counted against the clock.
double turns(const Path& path);

}  // namespace gyre::report
