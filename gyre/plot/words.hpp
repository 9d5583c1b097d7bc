#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gyre::plot {

/// About how wide a line of text is, in font sizes. Rather too wide: the reader's font is unknown.
double width_in_ems(std::string_view text);

/// Characters a terminal uses for it: two for Chinese.
int terminal_width(std::string_view text);

/// Lines no wider than `ems`, broken at spaces and between Chinese characters; words that are too
/// long are cut anywhere. Keeps the newlines of the text.
std::vector<std::string> wrap(std::string_view text, double ems);

/// The text on one line, cut to `ems` with "…" at its end if it is wider.
std::string shorten(std::string_view text, double ems);

/// The same in terminal cells; control characters become spaces.
std::string shorten_to_cells(std::string_view text, int cells);

/// ... with "…" in its middle: for texts that differ at their ends.
std::string shorten_inside(std::string_view text, int cells);

/// A gnuplot expression for exactly this text, whatever is in it. Control characters become spaces,
/// and bytes that are not UTF-8 become "?".
std::string literal(std::string_view text);

}  // namespace gyre::plot
