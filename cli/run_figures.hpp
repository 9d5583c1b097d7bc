#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gyre/analysis/study.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::cli {

/// The paths in the plane; nothing for a game of more or fewer than two coordinates.
std::optional<plot::Panel> plane_panel(const Study& study, const StudyResult& result);

/// Each coordinate against the steps, of every rule's first start.
plot::Panel coordinates_panel(const Study& study, const StudyResult& result);

/// The distance to what a run is measured to, against the steps, on a log axis.
plot::Panel distance_panel(const Study& study, const StudyResult& result);

/// The figures of a run folder, by file name without ending.
std::vector<std::pair<std::string, plot::Figure>> run_figures(const Study& study,
                                                              const StudyResult& result);

}  // namespace gyre::cli
