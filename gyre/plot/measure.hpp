#pragma once

#include <string_view>
#include <vector>

#include "gyre/plot/layout.hpp"

/// How much room words, tics and legends take, in pixels.
namespace gyre::plot {

inline constexpr double kRowHeight = 20.0;  ///< of a legend

double pixels(std::string_view text, double size);
inline double line_height(double size) { return size * kLine; }

/// The width of the widest label.
double widest(const std::vector<Tic>& tics);

/// As many tics along a lower axis as leave their labels apart.
std::vector<Tic> lower_tics(const Range& range, double width);

/// Puts the entries side by side, and on further rows as needed; returns the number of rows.
double flow(std::vector<Entry>& entries, double width);

/// Puts the entries under each other; returns the width they need.
double stack(std::vector<Entry>& entries);

/// Adds `lines` like `model`, the first one where it stands.
void add_lines(std::vector<Words>& words, const std::vector<std::string>& lines, Words model);

/// Whether the name of an upright axis is turned; a letter or two are easier to read as they are.
bool reads_upright(std::string_view label);

}  // namespace gyre::plot
