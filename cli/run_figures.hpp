#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gyre/analysis/study.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::cli {

/// More starts of a rule than this only blacken a picture.
inline constexpr std::size_t kMostPaths = 200;

/// The paths in the plane from the first few starts; nothing for a game of more or fewer than two
/// coordinates.
std::optional<plot::Panel> plane_panel(const Study& study, const StudyResult& result,
                                       std::size_t most = kMostPaths);

/// Each coordinate against the steps from the first start, a panel a rule.
std::vector<plot::Panel> coordinates_panels(const Study& study, const StudyResult& result);

/// The distance to what a run is measured to, against the steps, on a log axis.
plot::Panel distance_panel(const Study& study, const StudyResult& result,
                           std::size_t most = kMostPaths);

/// The figures of a run folder, by file name without ending.
std::vector<std::pair<std::string, plot::Figure>> run_figures(const Study& study,
                                                              const StudyResult& result);

}  // namespace gyre::cli
