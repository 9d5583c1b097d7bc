#pragma once

#include <functional>
#include <utility>

#include "gyre/plot/figure.hpp"

namespace gyre::plot {

using Flow = std::function<std::pair<double, double>(double, double)>;

/// Paths of the flow that keep about `box size / density` apart and end at the box, at each other
/// and where the flow stands still or is not finite (after Jobard and Lefer 1997). Each point's
/// value is the speed there.
Streamlines streamlines(const Flow& flow, const Box& box, double density = 25.0);

}  // namespace gyre::plot
