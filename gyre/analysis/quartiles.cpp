#include "gyre/analysis/quartiles.hpp"

#include <algorithm>
#include <cmath>

namespace gyre {

Quartiles quartiles(std::vector<double> values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) return {};
  std::ranges::sort(values);
  auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double rest = place - static_cast<double>(below);
    if (rest == 0.0 || values[below] == values[below + 1]) return values[below];
    return values[below] + rest * (values[below + 1] - values[below]);
  };
  return {at(0.25), at(0.5), at(0.75)};
}

}  // namespace gyre
