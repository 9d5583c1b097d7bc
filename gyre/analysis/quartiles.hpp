#pragma once

#include <vector>

#include "gyre/core/outcome.hpp"

namespace gyre {

/// The middle of many numbers and of each half of them.
struct Quartiles {
  double low = kUnknown, median = kUnknown, high = kUnknown;
};

/// Between two neighbours in proportion, as spreadsheets do it; infinite where one of them is.
/// What is not a number is left out; of nothing, all three are unknown.
Quartiles quartiles(std::vector<double> values);

}  // namespace gyre
