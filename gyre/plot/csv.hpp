#pragma once

#include <filesystem>
#include <string>

#include "gyre/plot/figure.hpp"

namespace gyre::plot {

/// Every number of the figure, one point a line, all digits: panel, layer, kind, label, x, y, z,
/// dx, dy. Panels and layers are counted from 1; fields that a layer has not are empty. Needs no
/// gnuplot.
std::string csv(const Figure& figure);

/// Writes it to a file, which appears complete or not at all.
void write_csv(const Figure& figure, const std::filesystem::path& path);

}  // namespace gyre::plot
