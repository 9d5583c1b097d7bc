#pragma once

#include <functional>
#include <vector>

#include "gyre/core/outcome.hpp"
#include "gyre/engine/path.hpp"

namespace gyre {

/// Logarithms of distances to a centre, against the step. What is too small to mean anything is
/// left out.
struct Distances {
  std::vector<double> steps, logs;
};

Distances distances(const Path& path, std::span<const double> centre, std::uint64_t from,
                    double smallest = 1e-13);

/// Straight line through log(distance) against the step.
struct Fit {
  double slope = kUnknown;  ///< a step
  double noise = kUnknown;  ///< root mean square of what the line leaves
  std::size_t places = 0;   ///< that it stands on
  double span = 0.0;        ///< steps from the first to the last
};

/// The line through the places [from, to). They weigh by a smooth window that is zero at both ends,
/// so that a distance that swings as it grows does not lean the line.
Fit fit_line(const Distances& d, std::size_t from, std::size_t to);

/// A turn that comes back to where it was.
struct Turn {
  double period, turns, radius_low, radius_high, recurrence;
  std::vector<double> centre;
};

/// Looks for a period in places that are the same number of steps apart: upward crossings of the
/// path's centre suggest one, and whole multiples of it are tried until the path, a period later,
/// is within 5 % of its extent of itself, over three periods at least. `turns` counts the winding
/// about the centre in the two widest coordinates.
bool find_cycle(const Path& path, Turn& cycle);

/// Puts the distance and the fitted rate into an outcome whose verdict is known.
void measure(Outcome& outcome, const Path& history,
             const std::vector<std::vector<double>>& references);

/// Root mean square distance to where the outcome's distance is taken to, over the later half.
double hovering(const Outcome& outcome, const Path& history,
                const std::vector<std::vector<double>>& references);

/// Judges a run that came to the end of its budget: still growing is diverged, standing still has
/// settled, returning is cycling; anything else is a spent budget. `tail` gives a Tail's path where
/// it is needed, and is empty if the run was cut short, which then is not called cycling.
void judge_at_the_end(Outcome& outcome, const Path& history, const std::function<Path()>& tail,
                      const std::vector<std::vector<double>>& references);

}  // namespace gyre
