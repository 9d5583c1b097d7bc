#pragma once

#include <vector>

#include "gyre/core/outcome.hpp"
#include "gyre/engine/path.hpp"

namespace gyre {

/// Straight line through log(distance) against the step.
struct Fit {
  double slope = kUnknown;  ///< a step
  double noise = kUnknown;  ///< root mean square of what the line leaves
  std::size_t places = 0;   ///< that it stands on
  std::uint64_t from = 0, to = 0;
};

/// Fits the distances of the path to `centre` over the steps from `from` on. Places weigh by a Hann
/// window, so that a distance that swings as it grows does not lean the line.
Fit fit_rate(const Path& path, std::span<const double> centre, std::uint64_t from,
             double smallest = 1e-13);

/// A turn that comes back to where it was.
struct Cycle {
  double period, turns, radius_low, radius_high, recurrence;
  std::vector<double> centre;
};

/// Looks for a period: upward crossings of the path's centre suggest one, and whole multiples of it
/// are tried until the path, a period later, is within 5 % of its extent of itself, over three
/// periods at least. `turns` counts the winding about the centre in the two widest coordinates.
bool find_cycle(const Path& path, Cycle& cycle);

/// Puts the distance and the fitted rate into an outcome whose verdict is known.
void measure(Outcome& outcome, const Path& history,
             const std::vector<std::vector<double>>& references);

/// Judges a run that came to the end of its budget: still growing is diverged, standing still has
/// settled, returning is cycling; anything else is a spent budget.
void judge_at_the_end(Outcome& outcome, const Path& history, const Path& tail,
                      const std::vector<std::vector<double>>& references);

}  // namespace gyre
