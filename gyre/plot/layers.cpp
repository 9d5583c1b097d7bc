#include "gyre/plot/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include "gyre/core/error.hpp"

namespace gyre::plot {

namespace {
template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

const std::string kNoLabel;

/// The problem in one phrase, or nothing.
std::string mismatch(const Layer& layer) {
  const auto differ = [](std::size_t wanted, std::initializer_list<std::size_t> sizes) {
    return std::any_of(sizes.begin(), sizes.end(), [&](std::size_t n) { return n != wanted; });
  };
  const auto optional_size = [](const std::vector<double>& v, std::size_t wanted) {
    return v.empty() ? wanted : v.size();
  };
  const auto of_grid = [](const Grid& g) -> std::string {
    if (g.z.size() == g.x.size() * g.y.size()) return "";
    return fmt::format("a grid of {} by {} with {} values", g.x.size(), g.y.size(), g.z.size());
  };
  const auto of_curve = [&](const char* what, const auto& l) -> std::string {
    const std::size_t n = l.y.size();
    if (!differ(n, {optional_size(l.x, n), optional_size(l.z, n)})) return "";
    return fmt::format("{} with {} x, {} y and {} z", what, l.x.size(), n, l.z.size());
  };
  return std::visit(
      Overloaded{[&](const Line& l) { return of_curve("a line", l); },
                 [&](const Points& p) { return of_curve("points", p); },
                 [&](const Band& b) -> std::string {
                   const std::size_t n = b.low.size();
                   if (!differ(n, {optional_size(b.x, n), b.high.size()})) return "";
                   return fmt::format("a band with {} x, {} low and {} high", b.x.size(), n,
                                      b.high.size());
                 },
                 [&](const Arrows& a) -> std::string {
                   if (!differ(a.x.size(), {a.y.size(), a.dx.size(), a.dy.size()})) return "";
                   return fmt::format("arrows with {} x, {} y, {} dx and {} dy", a.x.size(),
                                      a.y.size(), a.dx.size(), a.dy.size());
                 },
                 [&](const Heat& h) { return of_grid(h.grid); },
                 [&](const Surface& s) { return of_grid(s.grid); },
                 [&](const Cells& c) -> std::string {
                   if (c.colors.size() == c.x.size() * c.y.size()) return "";
                   return fmt::format("{} by {} cells with {} colours", c.x.size(), c.y.size(),
                                      c.colors.size());
                 },
                 [&](const Streamlines& s) -> std::string {
                   for (const auto& p : s.paths)
                     if (differ(p.x.size(), {p.y.size(), p.value.size()}))
                       return fmt::format("a streamline with {} x, {} y and {} values", p.x.size(),
                                          p.y.size(), p.value.size());
                   return "";
                 },
                 [](const auto&) { return std::string(); }},
      layer);
}

/// Half a cell beyond the outermost grid points, which is how far a heat map reaches.
void add_cells(Extent& extent, const std::vector<double>& at) {
  extent.add(at);
  if (at.size() < 2) return;
  const auto beyond = [&](double end, double inner) {
    return extent.log ? end * std::sqrt(end / inner) : end + 0.5 * (end - inner);
  };
  extent.add(beyond(at.front(), at[1]));
  extent.add(beyond(at.back(), at[at.size() - 2]));
}

std::optional<Rgb> parse_color(const std::string& text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  unsigned value = 0;
  const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
  if (problem != std::errc{} || end != text.data() + 7) return std::nullopt;
  return Rgb{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 0xFF),
             static_cast<std::uint8_t>(value & 0xFF)};
}

/// The `i`-th entry of a vector whose entries need not be all there.
template <class Table>
auto cyclic(const Table& table, int i) {
  const int size = static_cast<int>(table.size());
  return table[static_cast<std::size_t>((i % size + size) % size)];
}
}  // namespace

void check(const Figure& figure) {
  for (std::size_t p = 0; p < figure.panels.size(); ++p)
    for (std::size_t l = 0; l < figure.panels[p].layers.size(); ++l) {
      const std::string problem = mismatch(figure.panels[p].layers[l]);
      if (!problem.empty())
        throw Error(fmt::format("layer {} of panel {} cannot be drawn: {}", l + 1, p + 1, problem));
    }
}

double counted(const std::vector<double>& v, std::size_t i) {
  return v.empty() ? static_cast<double>(i) : v[i];
}

Contents contents(const Panel& panel) {
  Contents c;
  c.x.log = panel.x.log, c.y.log = panel.y.log, c.z.log = panel.z.log;
  const auto curve = [&](const auto& l) {
    for (std::size_t i = 0; i < l.y.size(); ++i) {
      // A point of which one number cannot be shown must not widen the other axis.
      if (!drawable(counted(l.x, i), c.x.log) || !drawable(l.y[i], c.y.log)) continue;
      c.x.add(counted(l.x, i));
      c.y.add(l.y[i]);
    }
    c.z.add(l.z);
    if (!l.z.empty()) c.in_space = true;
  };
  for (const Layer& layer : panel.layers)
    std::visit(Overloaded{[&](const Line& l) { curve(l); }, [&](const Points& p) { curve(p); },
                          [&](const Band& b) {
                            for (std::size_t i = 0; i < b.low.size(); ++i) c.x.add(counted(b.x, i));
                            c.y.add(b.low);
                            c.y.add(b.high);
                          },
                          [&](const Arrows& a) {
                            c.x.add(a.x);
                            c.y.add(a.y);
                          },
                          [&](const Heat& h) {
                            add_cells(c.x, h.grid.x);
                            add_cells(c.y, h.grid.y);
                            c.filled = true;
                          },
                          [&](const Cells& cells) {
                            add_cells(c.x, cells.x);
                            add_cells(c.y, cells.y);
                            c.filled = true;
                          },
                          [&](const Streamlines& s) {
                            for (const auto& path : s.paths) c.x.add(path.x), c.y.add(path.y);
                            if (s.box) {
                              c.x.add(s.box->x_low), c.x.add(s.box->x_high);
                              c.y.add(s.box->y_low), c.y.add(s.box->y_high);
                            }
                            c.filled = true;
                          },
                          [&](const Circle& o) {
                            c.x.add(o.x - o.radius), c.x.add(o.x + o.radius);
                            c.y.add(o.y - o.radius), c.y.add(o.y + o.radius);
                          },
                          [&](const Guide& g) {
                            (g.across == Guide::Across::kHorizontal ? c.y : c.x).add(g.at);
                          },
                          [&](const Note& n) { c.x.add(n.x), c.y.add(n.y); },
                          [&](const Surface& s) {
                            c.x.add(s.grid.x), c.y.add(s.grid.y), c.z.add(s.grid.z);
                            c.in_space = true;
                          }},
               layer);
  return c;
}

std::vector<Look> looks(const Panel& panel) {
  constexpr std::array dashes{Dash::kSolid, Dash::kDashed, Dash::kDashDot, Dash::kLong,
                              Dash::kDotted};
  constexpr std::array shapes{Shape::kDisc,    Shape::kSquare, Shape::kTriangle,
                              Shape::kDiamond, Shape::kRing,   Shape::kCross};
  std::vector<Look> result;
  int next = 0, next_dash = 0, next_shape = 0;
  const auto choose = [&](const Ink& ink, Shape shape, bool is_line) {
    Look look;
    const bool open = ink.color == kNext && ink.own.empty();
    const auto own = parse_color(ink.own);
    look.color = own    ? *own
                 : open ? kColors[static_cast<std::size_t>(next % kCurveColors)]
                        : cyclic(kColors, ink.color);
    look.dash = ink.dash != Dash::kNext ? ink.dash
                : is_line               ? cyclic(dashes, next_dash)
                                        : Dash::kSolid;
    look.shape = shape != Shape::kNext ? shape : cyclic(shapes, next_shape);
    if (open) ++next;
    if (is_line && ink.dash == Dash::kNext) ++next_dash;
    if (shape == Shape::kNext) ++next_shape;
    return look;
  };
  for (const Layer& layer : panel.layers)
    result.push_back(
        std::visit(Overloaded{[&](const Line& l) { return choose(l.ink, l.shape, true); },
                              [&](const Points& p) { return choose(p.ink, p.shape, false); },
                              [&](const auto& other) {
                                if constexpr (requires { other.ink; })
                                  return choose(other.ink, Shape::kDisc, false);
                                else
                                  return Look{};
                              }},
                   layer));
  return result;
}

const std::string& label_of(const Layer& layer) {
  return std::visit(
      [](const auto& l) -> const std::string& {
        if constexpr (requires { l.label; })
          return l.label;
        else
          return kNoLabel;
      },
      layer);
}

const Shading* shading_of(const Layer& layer) {
  return std::visit(
      [](const auto& l) -> const Shading* {
        if constexpr (requires { l.shading; })
          return &l.shading;
        else
          return nullptr;
      },
      layer);
}

Range shade_range(const Layer& layer) {
  const Shading* shading = shading_of(layer);
  if (!shading) return {};
  Extent extent;
  extent.log = shading->log;
  std::visit(Overloaded{[&](const Heat& h) { extent.add(h.grid.z); },
                        [&](const Surface& s) { extent.add(s.grid.z); },
                        [&](const Streamlines& s) {
                          for (const auto& path : s.paths) extent.add(path.value);
                        },
                        [](const auto&) {}},
             layer);
  if (shading->map == Map::kDiverging && !shading->low && !shading->high && !shading->log &&
      !extent.empty()) {
    extent.high = std::max(std::abs(extent.low), std::abs(extent.high));
    extent.low = -extent.high;
  }
  return fit({.log = shading->log, .low = shading->low, .high = shading->high}, extent, 0.0);
}

}  // namespace gyre::plot
