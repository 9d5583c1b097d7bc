#pragma once

#include <string>

#include "cli/output.hpp"
#include "gyre/sweep/summary.hpp"

namespace gyre::cli {

/// What came of a sweep: shares, attractors, medians.
std::string sweep_text(const SweepPlan& plan, const Attractors& attractors,
                       const SweepSummary& summary, const Screen& screen);

}  // namespace gyre::cli
