#pragma once

#include <string>

#include "gyre/plot/figure.hpp"

namespace gyre::plot {

/// The panel as lines of text, each ended by a newline: at most `rows` lines of at most `columns`
/// characters, colour codes not counted. Curves are drawn in braille dots, so the terminal must
/// show UTF-8; panels in space are seen from above. Needs no gnuplot.
std::string terminal_picture(const Panel& panel, int columns, int rows, bool color);

}  // namespace gyre::plot
