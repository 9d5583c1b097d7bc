#include "gyre/plot/canvas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gyre::plot {

namespace {
/// The nearest colour of the 6 x 6 x 6 cube or of the ramp of greys; nothing for near-black.
std::optional<int> terminal_color(Rgb c) {
  if (std::max({c.red, c.green, c.blue}) < 0x40) return std::nullopt;
  constexpr std::array<int, 6> levels{0, 95, 135, 175, 215, 255};
  if (c.red == c.green && c.green == c.blue) return 232 + std::clamp((c.red - 8) / 10, 0, 23);
  const auto level = [&](int v) {
    int best = 0;
    for (int i = 1; i < 6; ++i)
      if (std::abs(levels[static_cast<std::size_t>(i)] - v) <
          std::abs(levels[static_cast<std::size_t>(best)] - v))
        best = i;
    return best;
  };
  return 16 + 36 * level(c.red) + 6 * level(c.green) + level(c.blue);
}

std::string braille(std::uint8_t dots) {
  const unsigned code = 0x2800u + dots;
  return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
          static_cast<char>(0x80 | (code & 0x3F))};
}

std::string codes(std::optional<Rgb> color, std::optional<Rgb> background) {
  std::string result = "\x1b[0";
  // On a background of ours, the terminal's own colour might not show.
  constexpr int kTrueBlack = 16;
  if (color) {
    const auto c = terminal_color(*color);
    if (c || background) result += fmt::format(";38;5;{}", c.value_or(kTrueBlack));
  }
  if (background)
    result += fmt::format(";48;5;{}", terminal_color(*background).value_or(kTrueBlack));
  return result + "m";
}
}  // namespace

Canvas::Canvas(int columns, int rows)
    : columns_(std::max(columns, 0)),
      rows_(std::max(rows, 0)),
      cells_(static_cast<std::size_t>(columns_ * rows_)) {}

bool Canvas::holds(int column, int row) const {
  return column >= 0 && column < columns_ && row >= 0 && row < rows_;
}

void Canvas::dot(int x, int y, Rgb color) {
  // Unicode numbers the dots down the left column, then the right; the lowest pair came later.
  constexpr std::array<std::array<std::uint8_t, 2>, 4> bits{
      {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
  if (x < 0 || y < 0 || !holds(x / 2, y / 4)) return;
  Cell& c = cell(x / 2, y / 4);
  c.dots |= bits[static_cast<std::size_t>(y % 4)][static_cast<std::size_t>(x % 2)];
  c.color = color;
}

void Canvas::line(const Polyline& dots, Rgb color, int on, int period) {
  int drawn = 0;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    const Dot& a = dots[i == 0 ? 0 : i - 1];
    const Dot& b = dots[i];
    const int steps = std::max(
        1, static_cast<int>(std::ceil(std::max(std::abs(b.x - a.x), std::abs(b.y - a.y)))));
    for (int k = i == 0 ? steps : 1; k <= steps; ++k) {
      const double share = static_cast<double>(k) / steps;
      const auto place = [&](double from, double to) {
        return static_cast<int>(std::floor(from + share * (to - from)));
      };
      if (drawn++ % period < on) dot(place(a.x, b.x), place(a.y, b.y), color);
    }
  }
}

void Canvas::glyph(int column, int row, std::string text, Rgb color) {
  if (!holds(column, row)) return;
  cell(column, row).glyph = std::move(text);
  cell(column, row).color = color;
}

void Canvas::background(int column, int row, Rgb color) {
  if (holds(column, row)) cell(column, row).background = color;
}

bool Canvas::is_free(int column, int row) const {
  return holds(column, row) && cell(column, row).dots == 0 && cell(column, row).glyph.empty();
}

std::string Canvas::row(int row, bool color) const {
  int last = columns_;
  while (last > 0 && is_free(last - 1, row) && !(color && cell(last - 1, row).background)) --last;
  std::string result, codes_now;
  for (int column = 0; column < last; ++column) {
    const Cell& c = cell(column, row);
    const bool blank = c.dots == 0 && c.glyph.empty();
    if (color) {
      std::string wanted =
          blank && !c.background ? "" : codes(blank ? std::nullopt : c.color, c.background);
      if (wanted == "\x1b[0m") wanted.clear();
      if (wanted != codes_now) result += wanted.empty() ? "\x1b[0m" : wanted;
      codes_now = wanted;
    }
    result += !c.glyph.empty() ? c.glyph : c.dots == 0 ? " " : braille(c.dots);
  }
  return codes_now.empty() ? result : result + "\x1b[0m";
}

std::string colored(const std::string& text, Rgb color, bool on) {
  const auto number = terminal_color(color);
  if (!on || !number) return text;
  return fmt::format("\x1b[38;5;{}m{}\x1b[0m", *number, text);
}

}  // namespace gyre::plot
