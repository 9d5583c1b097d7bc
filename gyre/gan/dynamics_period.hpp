#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gyre::gan {

/// What a series repeats, if it repeats anything. Times are counted in places of the series.
struct Oscillation {
  static constexpr std::size_t kFewest = 32;  ///< numbers that a search needs

  bool found = false;
  double period = 0.0;    ///< of the strongest peak, found or not; 0 where there is none
  double strength = 0.0;  ///< its share of the variance that is left without the trend, 0 to 1
  /// How likely noise without a period, but with as long a memory, is to have a peak as high.
  double chance = 1.0;
  /// The periodogram for people: shares of the variance over periods, and what such a peak must
  /// rise above. Empty for what is too short or constant.
  std::vector<double> periods, power, threshold;
};

/// Looks for a period in the periodogram of what is left without a parabola. A peak counts if it
/// stands out of noise of the same one-step memory (an autoregression: white noise at one end, a
/// random walk at the other) with a chance below 0.001, all frequencies taken together, if it
/// carries a fifth of the variance, and if the series holds four turns of it at least (the test by
/// Torrence and Compo 1998, section 4, with Bonferroni's correction).
Oscillation find_period(std::span<const double> series);

}  // namespace gyre::gan
