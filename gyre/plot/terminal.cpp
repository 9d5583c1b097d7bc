#include "gyre/plot/terminal.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/plot/canvas.hpp"
#include "gyre/plot/layout.hpp"
#include "gyre/plot/sketch.hpp"
#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

/// Samples and labels on one line, as many as fit.
std::string legend_line(const Panel& panel, const std::vector<Look>& look, int columns,
                        bool color) {
  std::string line;
  int used = 0, letter = 0;
  for (std::size_t i = 0; i < panel.layers.size(); ++i) {
    const std::string& label = label_of(panel.layers[i]);
    if (label.empty()) continue;
    std::string sample = "──";
    if (std::holds_alternative<Points>(panel.layers[i]))
      sample = glyph_of(look[i].shape);
    else if (std::holds_alternative<Line>(panel.layers[i]) && !color)
      sample = std::string(1, static_cast<char>('a' + letter++ % 26));
    else if (!std::holds_alternative<Line>(panel.layers[i]))
      sample = "┄┄";
    const int between = used > 0 ? 3 : 0;
    const int room = columns - used - between - terminal_width(sample) - 1;
    if (room < 2) break;
    const std::string shown = shorten_to_cells(label, room);
    line += spaces(between) + colored(sample, look[i].color, color) + " " + shown;
    used += between + terminal_width(sample) + 1 + terminal_width(shown);
  }
  return line;
}

/// How many lines of the picture go to what; the plot comes first when room is short.
struct Share {
  bool title, legend, y_label, axis, x_label;
  int plot;
};

Share share_out(const Panel& panel, int rows, bool any_label) {
  Share s{false, false, false, rows >= 5, false, rows};
  if (s.axis) s.plot -= 2;
  const auto grant = [&](bool& what, bool wanted) {
    what = wanted && s.plot > 6;
    if (what) --s.plot;
  };
  grant(s.legend, any_label);
  grant(s.title, !panel.title.empty());
  grant(s.x_label, !panel.x.label.empty());
  grant(s.y_label, !panel.y.label.empty());
  return s;
}

/// More of the axis that would look too short.
void equalize(Placed& p) {
  const double per_x = p.plot.width / (p.x.high - p.x.low);
  const double per_y = p.plot.height / (p.y.high - p.y.low);
  Range& axis = per_x > per_y ? p.x : p.y;
  const double stretch = per_x > per_y ? per_x / per_y : per_y / per_x;
  const double middle = 0.5 * (axis.low + axis.high), half = 0.5 * (axis.high - axis.low) * stretch;
  if (drawable(middle - half, false) && drawable(middle + half, false))
    axis.low = middle - half, axis.high = middle + half;
}
}  // namespace

std::string terminal_picture(const Panel& panel, int columns, int rows, bool color) {
  if (columns < 2 || rows < 1) return "";
  check({.panels = {panel}});
  Placed placed;
  placed.contents = contents(panel);
  placed.looks = looks(panel);
  const double margin = placed.contents.filled ? 0.0 : 0.02;
  placed.x = fit(panel.x, placed.contents.x, margin);
  placed.y = fit(panel.y, placed.contents.y, margin);

  const bool any_label = std::any_of(panel.layers.begin(), panel.layers.end(),
                                     [](const Layer& l) { return !label_of(l).empty(); });
  const Share share = share_out(panel, rows, any_label && panel.legend != Legend::kNone);
  const bool axes = share.axis && columns >= 16;
  const double height = 4.0 * share.plot;
  // The labels of the upright axis need the range, which for equal axes needs their width: eight
  // cells is a good guess.
  placed.plot = {0.0, 0.0, 2.0 * (columns - (axes ? 8 : 0)), height};
  if (panel.equal && !placed.x.log && !placed.y.log) equalize(placed);
  int gutter = 0;
  if (axes) {
    placed.y_tics = tics(placed.y, std::max(2.0, share.plot / 4.0));
    for (const Tic& tic : placed.y_tics) gutter = std::max(gutter, terminal_width(tic.label));
    gutter = std::min(gutter + 2, columns / 2);
  }
  Canvas canvas(columns - gutter, share.plot);
  placed.plot = {0.0, 0.0, static_cast<double>(canvas.dots_wide()), height};
  sketch(panel, placed, canvas, color);

  std::string picture;
  if (share.title) {
    const std::string title = shorten_to_cells(panel.title, columns);
    picture += (color ? "\x1b[1m" + title + "\x1b[0m" : title) + "\n";
  }
  if (share.legend) picture += legend_line(panel, placed.looks, columns, color) + "\n";
  if (share.y_label) picture += shorten_to_cells(panel.y.label, columns) + "\n";

  std::vector<std::string> names(static_cast<std::size_t>(share.plot));
  for (const Tic& tic : placed.y_tics) {
    const auto row = static_cast<long>((1.0 - placed.y.share(tic.at)) * share.plot);
    if (!tic.label.empty() && row >= 0 && row <= share.plot)
      names[static_cast<std::size_t>(std::min<long>(row, share.plot - 1))] = tic.label;
  }
  for (int row = 0; row < share.plot; ++row) {
    if (axes) {
      const std::string name = shorten_to_cells(names[static_cast<std::size_t>(row)], gutter - 2);
      picture += spaces(gutter - 2 - terminal_width(name)) + name + " ";
      picture += colored(name.empty() ? "│" : "┤", kFaint, color);
    }
    picture += canvas.row(row, color) + "\n";
  }
  if (!axes) return picture;

  // The lower axis: a mark for each number that has room.
  std::vector<std::string> rule(static_cast<std::size_t>(canvas.columns()), "─");
  std::string numbers = spaces(gutter);
  int written = gutter;
  for (const Tic& tic : tics(placed.x, std::max(2.0, canvas.columns() / 14.0))) {
    const int column = std::clamp(static_cast<int>(placed.x.share(tic.at) * canvas.columns()), 0,
                                  canvas.columns() - 1);
    const int wide = terminal_width(tic.label);
    const int begin = std::min(gutter + column - wide / 2, columns - wide);
    if (wide == 0 || begin < written + (written > gutter) || begin + wide > columns) continue;
    rule[static_cast<std::size_t>(column)] = "┬";
    numbers += spaces(begin - written) + tic.label;
    written = begin + wide;
  }
  std::string line = "└";
  for (const std::string& piece : rule) line += piece;
  picture += spaces(gutter - 1) + colored(line, kFaint, color) + "\n" + numbers + "\n";
  if (share.x_label) {
    const std::string label = shorten_to_cells(panel.x.label, canvas.columns());
    picture += spaces(gutter + (canvas.columns() - terminal_width(label)) / 2) + label + "\n";
  }
  return picture;
}

}  // namespace gyre::plot
