#include "gyre/gan/metrics/modes.hpp"

#include <cmath>
#include <limits>
#include <numeric>

namespace gyre::gan {

Modes modes_of(std::span<const std::int32_t> shown, std::span<const double> expected) {
  Modes modes;
  std::vector<double> counts(expected.size(), 0.0);
  double unknown = 0.0;
  for (const std::int32_t mode : shown)
    (mode >= 0 && static_cast<std::size_t>(mode) < counts.size()
         ? counts[static_cast<std::size_t>(mode)]
         : unknown) += 1.0;
  const double all = static_cast<double>(shown.size());
  const double whole = std::accumulate(expected.begin(), expected.end(), 0.0);
  if (all == 0.0 || unknown > 0.0) modes.reverse_kl = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0.0) continue;
    ++modes.captured;
    const double share = counts[i] / all;
    modes.reverse_kl += share * std::log(share * whole / expected[i]);
  }
  return modes;
}

}  // namespace gyre::gan
