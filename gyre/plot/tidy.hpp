#pragma once

#include <string>
#include <string_view>

namespace gyre::plot {

/// gnuplot's SVG, made fit to stand in a page: ids of its own, a font that shows Chinese, the title
/// for screen readers, as wide as there is room, and without the parts that say nothing.
std::string tidy_svg(const std::string& svg, std::string_view title);

/// A PDF with the date of its making blanked, so that equal figures are equal files.
std::string without_date(std::string pdf);

}  // namespace gyre::plot
