#pragma once

#include <vector>

namespace gyre::plot {

struct Dot {
  double x = 0.0, y = 0.0;
};
using Polyline = std::vector<Dot>;

/// The parts of a polyline inside the rectangle from (0, 0) to (width, height), widened on all
/// sides by `slack`. Dots that are not numbers split it.
std::vector<Polyline> clip(const Polyline& line, double width, double height, double slack);

/// Leaves out dots as long as the line moves by less than about `tolerance`.
Polyline simplify(const Polyline& line, double tolerance);

}  // namespace gyre::plot
