#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "gyre/plot/figure.hpp"
#include "gyre/sweep/summary.hpp"

namespace gyre::report {

/// The figures of a sweep, by their names without ending, read from its arrays: over the first two
/// axes that have several values, where runs end, and what else was kept; along a single axis the
/// same as curves. Other axes stay at the middle, which the titles tell.
std::vector<std::pair<std::string, plot::Figure>> sweep_maps(const SweepPlan& plan,
                                                             const Attractors& attractors,
                                                             const SweepSummary& summary,
                                                             const std::filesystem::path& folder);

}  // namespace gyre::report
