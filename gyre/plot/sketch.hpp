#pragma once

#include "gyre/plot/canvas.hpp"
#include "gyre/plot/layout.hpp"

namespace gyre::plot {

inline constexpr Rgb kFaint{0x62, 0x62, 0x62};  ///< axes in the terminal

/// Draws a panel's layers; the plot is the whole canvas, one unit a dot. Without colour, curves
/// carry letters, in the order of those that have labels.
void sketch(const Panel& panel, const Placed& placed, Canvas& canvas, bool color);

/// The character that stands for a shape.
const char* glyph_of(Shape shape);

}  // namespace gyre::plot
