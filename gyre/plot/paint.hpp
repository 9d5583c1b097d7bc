#pragma once

#include <vector>

#include "gyre/plot/layout.hpp"

namespace gyre::plot {

inline constexpr Rgb kGridColor{0xE8, 0xE8, 0xE8}, kAxisColor{0x8A, 0x8A, 0x8A};
inline constexpr Rgb kTextColor{0x33, 0x33, 0x33}, kTicColor{0x55, 0x55, 0x55};
inline constexpr Rgb kWhite{0xFF, 0xFF, 0xFF};

/// Each adds marks on top of those already there.
void paint_plane(const Panel& panel, const Placed& placed, std::vector<Mark>& marks);
void paint_space(const Panel& panel, const Placed& placed, std::vector<Mark>& marks);
void paint_bar(const Panel& panel, const Bar& bar, std::vector<Mark>& marks);
void paint_legend(const Panel& panel, const Placed& placed, std::vector<Mark>& marks);

void paint_heat(const Heat& heat, const Placed& placed, const Range& range,
                std::vector<Mark>& marks);
void paint_cells(const Cells& cells, const Placed& placed, std::vector<Mark>& marks);
void paint_streamlines(const Streamlines& flow, const Placed& placed, const Range& range,
                       std::vector<Mark>& marks);

/// A stroke clipped to the rectangle and thinned to what can be seen.
Stroke visible(const Polyline& line, const Rectangle& box, const Ink& ink, const Look& look);

/// The head of an arrow that ends at `tip`, coming from `tail`.
Polyline arrow_head(const Dot& tail, const Dot& tip, double length);

/// About `count` of the dots, evenly spread along the line.
std::vector<Dot> spread(const std::vector<Polyline>& lines, int count);

}  // namespace gyre::plot
