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

}  // namespace

std::optional<std::size_t> cell_at(const std::vector<double>& grid, const Range& range,
                                   double share) {
  const double first = range.share(grid.front()), last = range.share(grid.back());
  if (grid.size() == 1) return 0;
  const double step = (last - first) / static_cast<double>(grid.size() - 1);
  const double cell = std::round((share - first) / step);
  if (!(cell >= 0.0) || cell > static_cast<double>(grid.size() - 1)) return std::nullopt;
  return static_cast<std::size_t>(cell);
}

std::optional<Rgb> color_at_share(const Cells& cells, const Placed& placed, double x, double y) {
  const auto i = cell_at(cells.x, placed.x, x);
  const auto j = cell_at(cells.y, placed.y, y);
  if (!i || !j) return std::nullopt;
  return cells.colors[*j * cells.x.size() + *i];
}

namespace {

/// Colours side by side, seen from far away: light adds up, and not its coded value.
class Mixture {
 public:
  void add(Rgb color) {
    red_ += squared(color.red), green_ += squared(color.green), blue_ += squared(color.blue);
    ++count_;
  }
  std::optional<Rgb> color() const {
    if (count_ == 0) return std::nullopt;
    const auto mean = [&](double sum) {
      return static_cast<std::uint8_t>(std::lround(std::sqrt(sum / count_)));
    };
    return Rgb{mean(red_), mean(green_), mean(blue_)};
  }

 private:
  static double squared(std::uint8_t v) { return static_cast<double>(v) * v; }

  double red_ = 0.0, green_ = 0.0, blue_ = 0.0;
  int count_ = 0;
};

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
      const auto x = cell_at(heat.grid.x, placed.x, middle(i, wide));
      const auto y = cell_at(heat.grid.y, placed.y, 1.0 - middle(j, high));
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

void paint_cells(const Cells& cells, const Placed& placed, std::vector<Mark>& marks) {
  if (cells.colors.empty()) return;
  constexpr double kFine = 2.0;  // pixels of a PNG beside each other in one of ours
  constexpr std::size_t kMostMixed = 8;
  const Rectangle& box = placed.plot;
  const auto count = [&](std::size_t cells_there, double length) {
    return std::max<std::size_t>(1,
                                 std::min(cells_there, static_cast<std::size_t>(kFine * length)));
  };
  const std::size_t wide = count(cells.x.size(), box.width);
  const std::size_t high = count(cells.y.size(), box.height);
  const std::size_t across = std::min(kMostMixed, (cells.x.size() + wide - 1) / wide);
  const std::size_t down = std::min(kMostMixed, (cells.y.size() + high - 1) / high);
  Pixels pixels{box.left, box.top, box.width, box.height, wide, {}};
  pixels.cells.reserve(wide * high);
  const auto share = [](std::size_t i, std::size_t part, std::size_t parts, std::size_t n) {
    return (static_cast<double>(i) + (static_cast<double>(part) + 0.5) / double(parts)) / double(n);
  };
  for (std::size_t j = 0; j < high; ++j)
    for (std::size_t i = 0; i < wide; ++i) {
      Mixture mixture;
      for (std::size_t a = 0; a < down; ++a)
        for (std::size_t b = 0; b < across; ++b)
          if (const auto color = color_at_share(cells, placed, share(i, b, across, wide),
                                                1.0 - share(j, a, down, high)))
            mixture.add(*color);
      pixels.cells.push_back(mixture.color());
    }
  marks.emplace_back(std::move(pixels));
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
