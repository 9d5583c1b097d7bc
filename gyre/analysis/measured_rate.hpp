#pragma once

#include <atomic>
#include <optional>
#include <span>
#include <string>

#include "gyre/analysis/step_sizes.hpp"
#include "gyre/games/game.hpp"

namespace gyre {

/// What a run near a point shows.
struct MeasuredRate {
  double rate = kUnknown;   ///< factor on the distance a step; 0 where the point is hit
  std::uint64_t steps = 0;  ///< that were made
  std::string why;          ///< why the rate is unknown: a clause for people
};

/// Runs a rule from close to a critical point and fits how the distance to it goes. What the
/// spectrum says only decides where the run begins and how long it is: close enough that the map is
/// as good as linear, for as long as distances stand clear of the roundings. The rate is unknown if
/// the two halves of the fit differ by much.
MeasuredRate measure_rate(const Game& game, const Traced& traced, std::span<const double> at,
                          const std::optional<StepSizes>& predicted,
                          const std::atomic<bool>* cancel = nullptr);

}  // namespace gyre
