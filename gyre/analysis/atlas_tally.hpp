#pragma once

#include <functional>
#include <span>
#include <vector>

#include "gyre/analysis/atlas.hpp"

/// What the runs of a cell come to, for atlas_cell.cpp.
namespace gyre {

double distance_between(std::span<const double> a, std::span<const double> b);

/// Starts spread over the game: how they end, where, after how long, at what rate. `kind_at` tells
/// what a place is that is none of the points.
void tally_spread(AtlasCell& cell, std::span<const Outcome> outcomes,
                  const std::vector<AtlasPoint>& points,
                  const std::function<PointClass(std::span<const double>)>& kind_at);

/// Starts right beside a point.
void tally_beside(AtPoint& at, const AtlasPoint& point, std::span<const Outcome> outcomes,
                  std::span<const std::vector<double>> starts);

/// Starts on a cycle.
void tally_cycle(OnCycle& on, const AtlasCycle& cycle, std::span<const Outcome> outcomes);

/// Whether theory and measurement agree; runs had at most so many steps.
Accord accord_of(const AtlasCell& cell, double steps);

}  // namespace gyre
