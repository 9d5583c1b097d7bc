#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/gan/dynamics_log.hpp"
#include "gyre/gan/dynamics_period.hpp"
#include "gyre/gan/dynamics_plane.hpp"
#include "gyre/gan/dynamics_quality.hpp"

namespace gyre::gan {

/// What a training does, as far as it can be told.
enum class Motion {
  kUntold,     ///< too little was logged
  kDiverges,   ///< numbers stop being finite, or grow a hundredfold
  kOrbits,     ///< the same again and again
  kSettles,    ///< the players come to rest, straight or in shrinking circles
  kCollapsed,  ///< quality that was there is gone
  kImproves,   ///< quality still rises
  kDrifts,     ///< the players go on, and quality stands still
  kHovers      ///< the players stay about one place, without a period
};

/// "too little logged", "diverges", "orbits", "settles", "collapsed", "improves", "drifts",
/// "hovers".
std::string_view to_string(Motion motion);

/// All that the verdict looks at.
struct Evidence {
  std::vector<Look> looks;
  std::vector<Quality> qualities;  ///< the one that counts first
  bool finite = true;              ///< whether the training ended with finite numbers
  std::uint64_t steps = 0;         ///< that were made
  std::string rule;                ///< in its canonical spelling
};

struct DynamicsVerdict {
  Motion motion = Motion::kUntold;
  std::string words;                                  ///< a sentence without a full stop
  std::vector<std::pair<std::string, double>> facts;  ///< the numbers behind it
  /// For figures: the window that was looked at, its first look, and what was found in it.
  std::size_t first = 0;
  Plane plane;
  Oscillation oscillation;  ///< the strongest one; its periods in looks
  std::string series;       ///< in which it was found: "loss of the discriminator"
  double period = 0.0;      ///< in steps; 0 without one
};

/// Steps for people: three digits that count, and no exponents.
std::string in_steps(double steps);

/// The rules by which words are chosen, all of them in this one place; docs/dynamics.md states them
/// for people. The later half of the looks is judged, as what came before is the way there; where
/// that shows no orbit, its own later half, and so on while there are enough.
DynamicsVerdict judge(const Evidence& evidence);

}  // namespace gyre::gan
