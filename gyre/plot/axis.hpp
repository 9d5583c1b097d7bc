#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "gyre/plot/figure.hpp"

namespace gyre::plot {

/// Whether an axis can show the number: finite, not so large that a range around it overflows, and
/// on a log axis positive.
bool drawable(double value, bool log);

/// The least and the greatest drawable number seen.
struct Extent {
  bool log = false;
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value);
  void add(std::span<const double> values);
  bool empty() const { return low > high; }
};

/// What an axis shows, low < high always.
struct Range {
  double low = 0.0, high = 1.0;
  bool log = false;

  /// Where a value stands: 0 at `low`, 1 at `high`; NaN if it is not drawable.
  double share(double value) const;
  double at(double share) const;
};

/// The axis's own limits, else those of the data widened by `margin` of their length; something
/// sensible if the data are empty or all equal.
Range fit(const Axis& axis, const Extent& data, double margin);

struct Tic {
  double at = 0.0;
  std::string label = {};  ///< none: a small tic
};

/// About `wanted` labelled tics at round numbers, and on a log axis small ones between decades.
std::vector<Tic> tics(const Range& range, double wanted);

/// 10 to the `exponent`, as "10⁻³".
std::string power_of_ten(int exponent);

}  // namespace gyre::plot
