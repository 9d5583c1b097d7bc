#pragma once

#include <array>
#include <vector>

#include "gyre/plot/figure.hpp"
#include "gyre/report/atlas.hpp"

namespace gyre::report {

/// The two coordinates that a game is drawn in: the first of the first player and of the second.
std::array<std::size_t, 2> drawn_coordinates(const AtlasEntry& entry);

/// Where some starts of a cell go, in two coordinates.
plot::Figure cell_paths(const AtlasEntry& entry, const std::vector<AtlasDrawing>& drawn,
                        const std::vector<std::array<double, 2>>& view);

/// Their distance to the nearest critical point, step by step.
plot::Figure cell_distances(const AtlasEntry& entry, const AtlasCell& cell,
                            const std::vector<AtlasDrawing>& drawn, const Words& words);

}  // namespace gyre::report
