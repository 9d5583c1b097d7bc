#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gyre::gan {

/// Which modes of the data samples show, and how evenly.
struct Modes {
  std::size_t captured = 0;  ///< shown by at least one sample
  /// KL of the samples' shares of modes from the data's: 0 where they agree. Of few samples it is
  /// above 0 by about (modes - 1) / (2 samples) even for true ones.
  double reverse_kl = 0.0;
};

/// `shown` is the mode of each sample, from 0; `expected` each mode's share of the data, or any
/// multiple of that. Infinite if a mode is shown that the data do not have, or nothing is shown.
Modes modes_of(std::span<const std::int32_t> shown, std::span<const double> expected);

}  // namespace gyre::gan
