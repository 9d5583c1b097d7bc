#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gyre/analysis/analyze.hpp"
#include "gyre/plot/figure.hpp"
#include "gyre/report/phase.hpp"

namespace gyre::cli {

/// The two coordinates of a picture of the flow: those asked for; else the first ones of the first
/// two players. Nothing where there is only one, or where a simplex holds players: from it no two
/// coordinates lead on alone.
std::optional<std::array<std::size_t, 2>> section_of(
    const Game& game, const std::optional<std::array<std::size_t, 2>>& asked);

/// The flow in this section through the first point found, with points and cycles.
plot::Figure flow_figure(const AnalysisWords& words, const Analysis& analysis,
                         const std::array<std::size_t, 2>& section);

/// The figures of a run folder, by file name without ending: `phase`, and of the first points
/// `spectrum-1`, `radius-1` and so on.
std::vector<std::pair<std::string, plot::Figure>> analysis_figures(
    const AnalysisWords& words, const Analysis& analysis,
    const std::optional<std::array<std::size_t, 2>>& section);

}  // namespace gyre::cli
