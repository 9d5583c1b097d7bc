// Layers whose colours stand for values: heat maps and streamlines.
#include <algorithm>
#include <cmath>

#include "gyre/plot/contours.hpp"
#include "gyre/plot/paint.hpp"

namespace gyre::plot {

namespace {
std::optional<Rgb> shade(const Shading& shading, const Range& range, double value) {
  const double share = range.share(value);
  if (!std::isfinite(share)) return std::nullopt;
  return color_at(shading.map, share);
}

/// The grid's cells as they are, if the plot shows them all and they are not finer than its pixels.
std::optional<Pixels> whole_cells(const Heat& heat, const Placed& placed, const Range& range) {
  const Grid& grid = heat.grid;
  const std::size_t columns = grid.x.size(), rows = grid.y.size();
  if (columns < 2 || rows < 2 || grid.x[1] < grid.x[0] || grid.y[1] < grid.y[0] ||
      static_cast<double>(columns) > placed.plot.width ||
      static_cast<double>(rows) > placed.plot.height)
    return std::nullopt;
  const Dot first = placed.at(grid.x.front(), grid.y.front());
  const Dot last = placed.at(grid.x.back(), grid.y.back());
  const double wide = (last.x - first.x) / static_cast<double>(columns - 1);
  const double high = (first.y - last.y) / static_cast<double>(rows - 1);
  if (!placed.inside({first.x - 0.5 * wide, first.y + 0.5 * high}) ||
      !placed.inside({last.x + 0.5 * wide, last.y - 0.5 * high}))
    return std::nullopt;
  Pixels pixels{first.x - 0.5 * wide,
                last.y - 0.5 * high,
                wide * static_cast<double>(columns),
                high * static_cast<double>(rows),
                columns,
                {}};
  for (std::size_t j = rows; j-- > 0;)
    for (std::size_t i = 0; i < columns; ++i)
      pixels.cells.push_back(shade(heat.shading, range, grid.z[j * columns + i]));
  return pixels;
}

/// The grid position whose cell holds a place of the axis, if one does.
std::optional<std::size_t> nearest(const std::vector<double>& grid, const Range& range,
                                   double share) {
  const double first = range.share(grid.front()), last = range.share(grid.back());
  if (grid.size() == 1) return 0;
  const double step = (last - first) / static_cast<double>(grid.size() - 1);
  const double cell = std::round((share - first) / step);
  if (!(cell >= 0.0) || cell > static_cast<double>(grid.size() - 1)) return std::nullopt;
  return static_cast<std::size_t>(cell);
}

/// Every second pixel of the plot asks for its cell: so the picture stays small however fine the
/// grid is, and the plot may show only a part of it.
Pixels sampled_cells(const Heat& heat, const Placed& placed, const Range& range) {
  const Rectangle& box = placed.plot;
  const auto wide = static_cast<std::size_t>(std::max(2.0, box.width / 2.0));
  const auto high = static_cast<std::size_t>(std::max(2.0, box.height / 2.0));
  Pixels pixels{box.left, box.top, box.width, box.height, wide, {}};
  const auto middle = [](std::size_t i, std::size_t n) {
    return (static_cast<double>(i) + 0.5) / static_cast<double>(n);
  };
  for (std::size_t j = 0; j < high; ++j)
    for (std::size_t i = 0; i < wide; ++i) {
      const auto x = nearest(heat.grid.x, placed.x, middle(i, wide));
      const auto y = nearest(heat.grid.y, placed.y, 1.0 - middle(j, high));
      std::optional<Rgb> color;
      if (x && y) color = shade(heat.shading, range, heat.grid.z[*y * heat.grid.x.size() + *x]);
      pixels.cells.push_back(color);
    }
  return pixels;
}

void paint_contours(const Heat& heat, const Placed& placed, const Range& range,
                    std::vector<Mark>& marks) {
  const Grid& grid = heat.grid;
  if (grid.x.size() < 2 || grid.y.size() < 2) return;
  const Look look{.color = kColors[kBlack]};
  const auto along = [](const std::vector<double>& v, const Range& axis, double step) {
    const double first = axis.share(v.front()), last = axis.share(v.back());
    return first + (last - first) * step / static_cast<double>(v.size() - 1);
  };
  Stroke all{.color = look.color, .width = 0.8, .opacity = 0.4};
  for (const Tic& level : tics(range, heat.contours)) {
    if (level.label.empty()) continue;
    for (const Polyline& line : contour(grid.z, grid.x.size(), level.at)) {
      Polyline dots;
      for (const Dot& dot : line)
        dots.push_back(
            {placed.plot.left + along(grid.x, placed.x, dot.x) * placed.plot.width,
             placed.plot.bottom() - along(grid.y, placed.y, dot.y) * placed.plot.height});
      for (Polyline& part : visible(dots, placed.plot, {}, look).lines)
        all.lines.push_back(std::move(part));
    }
  }
  if (!all.lines.empty()) marks.emplace_back(std::move(all));
}
}  // namespace

void paint_heat(const Heat& heat, const Placed& placed, const Range& range,
                std::vector<Mark>& marks) {
  if (heat.grid.z.empty()) return;
  auto cells = whole_cells(heat, placed, range);
  marks.emplace_back(cells ? std::move(*cells) : sampled_cells(heat, placed, range));
  if (heat.contours > 0) paint_contours(heat, placed, range, marks);
}

void paint_streamlines(const Streamlines& flow, const Placed& placed, const Range& range,
                       std::vector<Mark>& marks) {
  constexpr double kShades = 24.0;  // a path is cut where its colour changes
  ColoredStrokes strokes{{}, flow.width};
  Fills heads;
  for (const auto& path : flow.paths) {
    Polyline dots;
    for (std::size_t i = 0; i < path.x.size(); ++i) dots.push_back(placed.at(path.x[i], path.y[i]));
    const auto step = [&](std::size_t i) {
      const double share = range.share(path.value[i]);
      return std::isfinite(share) ? std::round(share * kShades) / kShades : 0.0;
    };
    for (std::size_t i = 1; i < dots.size();) {
      Polyline run{dots[i - 1]};
      const double first = step(i);
      for (; i < dots.size() && step(i) == first; ++i) run.push_back(dots[i]);
      for (Polyline& part : visible(run, placed.plot, {}, {}).lines)
        strokes.lines.emplace_back(std::move(part), color_at(flow.shading.map, first));
    }
    if (!flow.heads || dots.size() < 3) continue;
    const std::size_t middle = dots.size() / 2;
    if (!placed.inside(dots[middle])) continue;
    Polyline head = arrow_head(dots[middle - 1], dots[middle], 4.0 + 2.5 * flow.width);
    if (!head.empty()) heads.shapes.emplace_back(head, color_at(flow.shading.map, step(middle)));
  }
  if (!strokes.lines.empty()) marks.emplace_back(std::move(strokes));
  if (!heads.shapes.empty()) marks.emplace_back(std::move(heads));
}

}  // namespace gyre::plot
