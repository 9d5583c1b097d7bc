#include "gyre/plot/csv.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "gyre/core/text.hpp"
#include "gyre/plot/file.hpp"
#include "gyre/plot/layers.hpp"

namespace gyre::plot {

namespace {
/// Quoted where commas, quotes or line ends would confuse a reader.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? "\"\"" : std::string(1, c);
  return result + "\"";
}

class Table {
 public:
  void layer(std::size_t panel, std::size_t number, const Layer& layer) {
    std::visit(
        [&](const auto& l) {
          start_ = fmt::format("{},{},{},", panel, number, kind(l));
          const Shading* shading = shading_of(layer);
          label_ = field(shading ? shading->label : label_of(layer));
          add(l);
        },
        layer);
  }

  std::string text = "panel,layer,kind,label,x,y,z,dx,dy\n";

 private:
  static const char* kind(const Line&) { return "line"; }
  static const char* kind(const Points&) { return "points"; }
  static const char* kind(const Band&) { return "band"; }
  static const char* kind(const Arrows&) { return "arrows"; }
  static const char* kind(const Heat&) { return "heat"; }
  static const char* kind(const Cells&) { return "cells"; }
  static const char* kind(const Streamlines&) { return "streamlines"; }
  static const char* kind(const Circle&) { return "circle"; }
  static const char* kind(const Guide&) { return "guide"; }
  static const char* kind(const Note&) { return "note"; }
  static const char* kind(const Surface&) { return "surface"; }

  using Cell = std::optional<double>;
  void row(Cell x, Cell y, Cell z = {}, Cell dx = {}, Cell dy = {}) {
    text += start_;
    text += label_;
    for (const Cell& cell : {x, y, z, dx, dy}) {
      text += ',';
      if (cell) text += number(*cell);
    }
    text += '\n';
  }

  void curve(const auto& l) {
    for (std::size_t i = 0; i < l.y.size(); ++i)
      row(counted(l.x, i), l.y[i], l.z.empty() ? Cell{} : Cell{l.z[i]});
  }
  void add(const Line& l) { curve(l); }
  void add(const Points& p) { curve(p); }
  void add(const Band& b) {
    for (const auto* edge : {&b.low, &b.high})
      for (std::size_t i = 0; i < b.low.size(); ++i) row(counted(b.x, i), (*edge)[i]);
  }
  void add(const Arrows& a) {
    for (std::size_t i = 0; i < a.x.size(); ++i) row(a.x[i], a.y[i], {}, a.dx[i], a.dy[i]);
  }
  void grid(const Grid& g) {
    for (std::size_t j = 0; j < g.y.size(); ++j)
      for (std::size_t i = 0; i < g.x.size(); ++i) row(g.x[i], g.y[j], g.z[j * g.x.size() + i]);
  }
  void add(const Heat& h) { grid(h.grid); }
  void add(const Surface& s) { grid(s.grid); }
  /// The colour as one number, 65536 red + 256 green + blue.
  void add(const Cells& c) {
    for (std::size_t j = 0; j < c.y.size(); ++j)
      for (std::size_t i = 0; i < c.x.size(); ++i) {
        const auto& color = c.colors[j * c.x.size() + i];
        row(c.x[i], c.y[j],
            color ? Cell{color->red * 65536.0 + color->green * 256.0 + color->blue} : Cell{});
      }
  }
  void add(const Streamlines& s) {
    const std::string start = start_, label = label_;
    for (std::size_t p = 0; p < s.paths.size(); ++p) {
      label_ = fmt::format("{}", p + 1);
      for (std::size_t i = 0; i < s.paths[p].x.size(); ++i)
        row(s.paths[p].x[i], s.paths[p].y[i], s.paths[p].value[i]);
    }
  }
  void add(const Circle& c) { row(c.x, c.y, {}, c.radius, c.radius); }
  void add(const Guide& g) {
    const bool level = g.across == Guide::Across::kHorizontal;
    row(level ? Cell{} : Cell{g.at}, level ? Cell{g.at} : Cell{});
  }
  void add(const Note& n) {
    label_ = field(n.text);
    row(n.x, n.y);
  }

  std::string start_, label_;
};
}  // namespace

std::string csv(const Figure& figure) {
  check(figure);
  Table table;
  for (std::size_t p = 0; p < figure.panels.size(); ++p)
    for (std::size_t l = 0; l < figure.panels[p].layers.size(); ++l)
      table.layer(p + 1, l + 1, figure.panels[p].layers[l]);
  return std::move(table.text);
}

void write_csv(const Figure& figure, const std::filesystem::path& path) {
  write_whole(path, csv(figure));
}

}  // namespace gyre::plot
