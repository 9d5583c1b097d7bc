#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "gyre/sweep/lanes.hpp"

namespace gyre {

/// What theory says all over a map: the logarithm of the radius of the rule's update map at a
/// critical point, on a grid of places. Below zero, runs that begin near the point come to it.
struct RadiusMap {
  std::vector<double> x, y;    ///< values of the two axes
  std::vector<double> radius;  ///< `radius[j * x.size() + i]`, a logarithm; NaN where unknown
  std::vector<double> at;      ///< the point, for the parameters in the middle of the map
  bool point_moves = false;    ///< ... which is another one elsewhere
};

/// Nothing if neither axis moves a number of the rule or the game, if no critical point is known,
/// or if its spectrum says nothing there (a rule without slope or fixed memory).
std::optional<RadiusMap> radius_map(const SweepPlan& plan, SweepLanes& lanes, std::size_t across,
                                    std::size_t up);

}  // namespace gyre
