#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gyre/plot/palette.hpp"
#include "gyre/plot/polyline.hpp"

namespace gyre::plot {

/// A part of a terminal to draw on. Each cell is 2 by 4 dots, shown as one braille character; dots
/// are about square and counted from the top left.
class Canvas {
 public:
  Canvas(int columns, int rows);

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  int dots_wide() const { return 2 * columns_; }
  int dots_high() const { return 4 * rows_; }

  void dot(int x, int y, Rgb color);
  /// `on` of every `period` dots are drawn.
  void line(const Polyline& dots, Rgb color, int on = 1, int period = 1);
  /// One character, instead of the cell's dots.
  void glyph(int column, int row, std::string text, Rgb color);
  void background(int column, int row, Rgb color);
  bool is_free(int column, int row) const;

  /// A row of cells, with colour codes if asked for. Blank cells at its end are left out.
  std::string row(int row, bool color) const;

 private:
  struct Cell {
    std::uint8_t dots = 0;
    std::string glyph = {};
    std::optional<Rgb> color = {}, background = {};
  };
  bool holds(int column, int row) const;
  Cell& cell(int column, int row) {
    return cells_[static_cast<std::size_t>(row * columns_ + column)];
  }
  const Cell& cell(int column, int row) const {
    return cells_[static_cast<std::size_t>(row * columns_ + column)];
  }

  int columns_, rows_;
  std::vector<Cell> cells_;
};

/// `text` in a colour of the 256 that nearly every terminal has; near-black is left to the
/// terminal, whose background may be dark.
std::string colored(const std::string& text, Rgb color, bool on);

}  // namespace gyre::plot
