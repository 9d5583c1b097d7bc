#pragma once

#include <vector>

#include "gyre/plot/polyline.hpp"

namespace gyre::plot {

/// The lines along which values on a grid are equal to `level`. Dots are in grid steps: (1.5, 0) is
/// halfway between the second and the third value of the first row. Cells with a value that is not
/// finite have no line.
std::vector<Polyline> contour(const std::vector<double>& values, std::size_t columns, double level);

}  // namespace gyre::plot
