#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gyre/analysis/compare.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::cli {

/// The figures of a comparison's folder, by file name without ending: distance and residual, each
/// against field calls and against time.
std::vector<std::pair<std::string, plot::Figure>> compare_figures(const Comparison& comparison,
                                                                  const ComparisonResult& result);

/// What is ranked by, against field calls, for the terminal: the best few, without their quartiles.
plot::Panel compare_panel(const ComparisonResult& result);

}  // namespace gyre::cli
