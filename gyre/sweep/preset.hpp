#pragma once

#include <optional>
#include <string_view>

#include "gyre/sweep/plan.hpp"

namespace gyre {

/// Sweeps that bring their own axes.
enum class Preset {
  kBasin,      ///< a plane of starts: which run ends where
  kStability,  ///< a parameter of the rule across, the step size up, started beside a point
  kRobustness  ///< a parameter of the game across, the step size up
};

std::string_view to_string(Preset preset);

/// The rule where nobody names one.
std::string_view usual_rule(Preset preset);

/// Fills in what a plan, which is not arranged yet, leaves open: axes while there are fewer than
/// two, the start if it is empty, what is kept. Throws Error if the game or the rule has nothing
/// to put on an axis.
void apply(Preset preset, SweepPlan& plan);

/// The critical point that stability is about: an equilibrium if one is known, else one that the
/// flow is drawn to, else any; nothing if there is none.
std::optional<std::vector<double>> point_of_interest(const Game& game);

}  // namespace gyre
