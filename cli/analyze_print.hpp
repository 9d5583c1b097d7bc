#pragma once

#include <string>

#include "cli/output.hpp"
#include "gyre/analysis/analyze.hpp"

namespace gyre::cli {

/// An analysis for people: points with their classes and rules, then the flow's closed paths.
std::string analysis_text(const AnalysisWords& words, const Analysis& analysis,
                          const Screen& screen);

}  // namespace gyre::cli
