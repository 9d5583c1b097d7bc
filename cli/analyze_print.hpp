#pragma once

#include <array>
#include <optional>
#include <string>

#include "cli/output.hpp"
#include "gyre/analysis/analyze.hpp"

namespace gyre::cli {

/// An analysis for people: points with their classes and rules, then the flow's closed paths.
std::string analysis_text(const AnalysisWords& words, const Analysis& analysis,
                          const Screen& screen);

/// The flow with points and cycles, for the terminal; empty where no section can be drawn.
std::string analysis_picture(const AnalysisWords& words, const Analysis& analysis,
                             const std::optional<std::array<std::size_t, 2>>& section,
                             const Screen& screen);

}  // namespace gyre::cli
