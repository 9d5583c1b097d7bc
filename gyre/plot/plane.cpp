// Panels in the plane: axes, then the layers in order.
#include <algorithm>
#include <cmath>

#include "gyre/plot/contours.hpp"
#include "gyre/plot/paint.hpp"

namespace gyre::plot {

namespace {
class Plane {
 public:
  Plane(const Panel& panel, const Placed& placed, std::vector<Mark>& marks)
      : panel_(panel), placed_(placed), box_(placed.plot), marks_(marks) {}

  void paint() {
    if (!placed_.contents.filled) grid();
    bool framed = !placed_.contents.filled;
    if (framed) axes();
    for (std::size_t i = 0; i < panel_.layers.size(); ++i) {
      std::visit([&](const auto& layer) { draw(layer, placed_.looks[i], i); }, panel_.layers[i]);
    }
    if (!framed) axes();
  }

 private:
  Dot at(double x, double y) const {
    return {box_.left + placed_.x.share(x) * box_.width,
            box_.bottom() - placed_.y.share(y) * box_.height};
  }
  bool inside(const Dot& dot) const {
    constexpr double kSlack = 0.5;
    return dot.x >= box_.left - kSlack && dot.x <= box_.right() + kSlack &&
           dot.y >= box_.top - kSlack && dot.y <= box_.bottom() + kSlack;
  }
  double column(const Tic& tic) const { return box_.left + placed_.x.share(tic.at) * box_.width; }
  double row(const Tic& tic) const { return box_.bottom() - placed_.y.share(tic.at) * box_.height; }

  void grid() {
    Stroke lines{.color = kGridColor};
    for (const Tic& tic : placed_.x_tics)
      if (!tic.label.empty())
        lines.lines.push_back({{column(tic), box_.top}, {column(tic), box_.bottom()}});
    for (const Tic& tic : placed_.y_tics)
      if (!tic.label.empty())
        lines.lines.push_back({{box_.left, row(tic)}, {box_.right(), row(tic)}});
    marks_.emplace_back(lines);
  }

  void axes() {
    Stroke lines{.color = kAxisColor};
    lines.lines.push_back(
        {{box_.left, box_.top}, {box_.left, box_.bottom()}, {box_.right(), box_.bottom()}});
    for (const Tic& tic : placed_.x_tics) {
      const double x = column(tic), length = tic.label.empty() ? 2.5 : 5.0;
      lines.lines.push_back({{x, box_.bottom()}, {x, box_.bottom() + length}});
      if (tic.label.empty()) continue;
      marks_.emplace_back(Words{.text = tic.label,
                             .at = {x, box_.bottom() + 14.0},
                             .align = Note::Align::kCenter,
                             .size = kTicSize,
                             .color = kTicColor});
    }
    for (const Tic& tic : placed_.y_tics) {
      const double y = row(tic), length = tic.label.empty() ? 2.5 : 5.0;
      lines.lines.push_back({{box_.left - length, y}, {box_.left, y}});
      if (tic.label.empty()) continue;
      marks_.emplace_back(Words{.text = tic.label,
                             .at = {box_.left - 8.0, y},
                             .align = Note::Align::kRight,
                             .size = kTicSize,
                             .color = kTicColor});
    }
    marks_.emplace_back(lines);
  }

  void draw(const Line& line, const Look& look, std::size_t) {
    Polyline dots;
    for (std::size_t i = 0; i < line.y.size(); ++i)
      dots.push_back(at(counted(line.x, i), line.y[i]));
    Stroke stroke = visible(dots, box_, line.ink, look);
    const auto shapes = spread(stroke.lines, line.marks);
    if (!stroke.lines.empty()) marks_.emplace_back(std::move(stroke));
    if (!shapes.empty())
      marks_.emplace_back(Marks{shapes, look.shape, 7.0, line.ink.opacity, look.color, false});
  }

  void draw(const Points& points, const Look& look, std::size_t) {
    Marks result{{}, look.shape, points.size, points.ink.opacity, look.color, points.size >= 6.0};
    for (std::size_t i = 0; i < points.y.size(); ++i) {
      const Dot dot = at(counted(points.x, i), points.y[i]);
      if (inside(dot)) result.at.push_back(dot);
    }
    if (!result.at.empty()) marks_.emplace_back(std::move(result));
  }

  void draw(const Band& band, const Look& look, std::size_t) {
    Fills fills{{}, band.ink.opacity};
    Polyline above, below;
    const auto finish = [&] {
      if (above.size() > 1) {
        above.insert(above.end(), below.rbegin(), below.rend());
        fills.shapes.emplace_back(above, look.color);
      }
      above.clear(), below.clear();
    };
    for (std::size_t i = 0; i < band.low.size(); ++i) {
      const Dot low = at(counted(band.x, i), band.low[i]);
      const Dot high = at(counted(band.x, i), band.high[i]);
      const auto held = [&](double y) { return std::clamp(y, box_.top, box_.bottom()); };
      if (!std::isfinite(low.y) || !std::isfinite(high.y) || !(low.x >= box_.left - 0.5) ||
          !(low.x <= box_.right() + 0.5)) {
        finish();
        continue;
      }
      above.push_back({high.x, held(high.y)});
      below.push_back({low.x, held(low.y)});
    }
    finish();
    if (!fills.shapes.empty()) marks_.emplace_back(std::move(fills));
  }

  void draw(const Arrows& arrows, const Look& look, std::size_t) {
    const std::size_t n = arrows.x.size();
    double longest = 0.0;
    std::vector<Dot> tails, ways;
    for (std::size_t i = 0; i < n; ++i) {
      const Dot tail = at(arrows.x[i], arrows.y[i]);
      const double per_x = box_.width / (placed_.x.high - placed_.x.low);
      const double per_y = box_.height / (placed_.y.high - placed_.y.low);
      const Dot way{arrows.dx[i] * per_x, -arrows.dy[i] * per_y};
      if (!inside(tail) || !std::isfinite(way.x) || !std::isfinite(way.y)) continue;
      tails.push_back(tail), ways.push_back(way);
      longest = std::max(longest, std::hypot(way.x, way.y));
    }
    if (!(longest > 0.0) || !std::isfinite(longest)) return;
    const double room = std::sqrt(box_.width * box_.height / static_cast<double>(tails.size()));
    const double scale = arrows.scale > 0.0 ? arrows.scale : 0.92 * room / longest;
    Stroke shafts{.color = look.color, .width = arrows.ink.width, .opacity = arrows.ink.opacity};
    Fills heads{{}, arrows.ink.opacity};
    for (std::size_t i = 0; i < tails.size(); ++i) {
      const double length = scale * std::hypot(ways[i].x, ways[i].y);
      if (length < 0.7) continue;
      const Dot tip{tails[i].x + scale * ways[i].x, tails[i].y + scale * ways[i].y};
      const double head = std::min(7.0, 0.5 * length);
      const double shaft = (length - 0.75 * head) / length;
      Polyline line{
          tails[i],
          {tails[i].x + shaft * (tip.x - tails[i].x), tails[i].y + shaft * (tip.y - tails[i].y)}};
      for (Polyline& part : visible(line, box_, arrows.ink, look).lines)
        shafts.lines.push_back(std::move(part));
      if (inside(tip)) heads.shapes.emplace_back(arrow_head(tails[i], tip, head), look.color);
    }
    marks_.emplace_back(std::move(shafts));
    marks_.emplace_back(std::move(heads));
  }

  void draw(const Heat& heat, const Look&, std::size_t layer) {
    const Grid& grid = heat.grid;
    const std::size_t columns = grid.x.size(), rows = grid.y.size();
    if (columns == 0 || rows == 0) return;
    const Range range = shade_range(panel_.layers[layer]);
    // Every pixel of the plot, or rather every second one, asks for its cell: so the picture stays
    // small however fine the grid is, and the plot may show only a part of it.
    const auto steps = [](double length, std::size_t cells) {
      return static_cast<std::size_t>(std::clamp(std::floor(length / 2.0), 1.0,
                                                 std::max(64.0, 2.0 * static_cast<double>(cells))));
    };
    const std::size_t wide = steps(box_.width, columns), high = steps(box_.height, rows);
    Pixels pixels{box_.left, box_.top, box_.width, box_.height, wide, {}};
    for (std::size_t j = 0; j < high; ++j)
      for (std::size_t i = 0; i < wide; ++i) {
        const auto cell_x =
            nearest(grid.x, placed_.x, (static_cast<double>(i) + 0.5) / static_cast<double>(wide));
        const auto cell_y = nearest(
            grid.y, placed_.y, 1.0 - (static_cast<double>(j) + 0.5) / static_cast<double>(high));
        std::optional<Rgb> color;
        if (cell_x && cell_y) {
          const double share = range.share(grid.z[*cell_y * columns + *cell_x]);
          if (std::isfinite(share)) color = color_at(heat.shading.map, share);
        }
        pixels.cells.push_back(color);
      }
    marks_.emplace_back(std::move(pixels));
    if (heat.contours > 0) contours(heat, range);
  }

  /// The grid position whose cell holds a place of the axis, if one does.
  static std::optional<std::size_t> nearest(const std::vector<double>& grid, const Range& range,
                                            double share) {
    const double first = range.share(grid.front()), last = range.share(grid.back());
    if (grid.size() == 1) return 0;
    const double step = (last - first) / static_cast<double>(grid.size() - 1);
    const double cell = std::round((share - first) / step);
    if (!(cell >= 0.0) || cell > static_cast<double>(grid.size() - 1)) return std::nullopt;
    return static_cast<std::size_t>(cell);
  }

  void contours(const Heat& heat, const Range& range) {
    const Grid& grid = heat.grid;
    if (grid.x.size() < 2 || grid.y.size() < 2) return;
    const Ink ink{.width = 0.8, .opacity = 0.45};
    const Look look{.color = kColors[kBlack]};
    const auto along = [](const std::vector<double>& v, const Range& axis, double step) {
      const double first = axis.share(v.front()), last = axis.share(v.back());
      return first + (last - first) * step / static_cast<double>(v.size() - 1);
    };
    Stroke all;
    for (const Tic& level : tics(range, heat.contours)) {
      if (level.label.empty()) continue;
      for (const Polyline& line : contour(grid.z, grid.x.size(), level.at)) {
        Polyline dots;
        for (const Dot& dot : line)
          dots.push_back({box_.left + along(grid.x, placed_.x, dot.x) * box_.width,
                          box_.bottom() - along(grid.y, placed_.y, dot.y) * box_.height});
        const Stroke part = visible(dots, box_, ink, look);
        all.color = part.color, all.width = part.width, all.opacity = part.opacity;
        all.lines.insert(all.lines.end(), part.lines.begin(), part.lines.end());
      }
    }
    if (!all.lines.empty()) marks_.emplace_back(std::move(all));
  }

  void draw(const Streamlines& flow, const Look&, std::size_t layer) {
    const Range range = shade_range(panel_.layers[layer]);
    constexpr double kShades = 24.0;  // a path is cut where its colour changes
    ColoredStrokes strokes{{}, flow.width};
    Fills heads;
    for (const auto& path : flow.paths) {
      Polyline dots;
      for (std::size_t i = 0; i < path.x.size(); ++i) dots.push_back(at(path.x[i], path.y[i]));
      const auto shade = [&](std::size_t i) {
        const double share = range.share(path.value[i]);
        return std::isfinite(share) ? std::round(share * kShades) / kShades : 0.0;
      };
      for (std::size_t i = 1; i < dots.size();) {
        Polyline run{dots[i - 1]};
        const double first = shade(i);
        for (; i < dots.size() && shade(i) == first; ++i) run.push_back(dots[i]);
        const Rgb color = color_at(flow.shading.map, first);
        for (Polyline& part : visible(run, box_, {}, {}).lines)
          strokes.lines.emplace_back(std::move(part), color);
      }
      if (!flow.heads || dots.size() < 3) continue;
      const std::size_t middle = dots.size() / 2;
      if (!inside(dots[middle])) continue;
      Polyline head = arrow_head(dots[middle - 1], dots[middle], 4.0 + 2.5 * flow.width);
      if (!head.empty()) heads.shapes.emplace_back(head, color_at(flow.shading.map, shade(middle)));
    }
    if (!strokes.lines.empty()) marks_.emplace_back(std::move(strokes));
    if (!heads.shapes.empty()) marks_.emplace_back(std::move(heads));
  }

  void draw(const Circle& circle, const Look& look, std::size_t) {
    Polyline dots;
    constexpr int kSides = 360;
    for (int i = 0; i <= kSides; ++i) {
      const double angle = 2.0 * M_PI * i / kSides;
      dots.push_back(at(circle.x + circle.radius * std::cos(angle),
                        circle.y + circle.radius * std::sin(angle)));
    }
    push(visible(dots, box_, circle.ink, look));
  }

  void draw(const Guide& guide, const Look& look, std::size_t) {
    const bool level = guide.across == Guide::Across::kHorizontal;
    const Dot place = at(level ? placed_.x.low : guide.at, level ? guide.at : placed_.y.low);
    const Polyline line = level ? Polyline{{box_.left, place.y}, {box_.right(), place.y}}
                                : Polyline{{place.x, box_.top}, {place.x, box_.bottom()}};
    push(visible(line, box_, guide.ink, look));
  }

  void draw(const Note& note, const Look& look, std::size_t) {
    const Dot dot = at(note.x, note.y);
    if (!inside(dot)) return;
    marks_.emplace_back(Words{
        .text = note.text, .at = dot, .align = note.align, .size = kTicSize, .color = look.color});
  }

  void draw(const Surface&, const Look&, std::size_t) {}  // makes the panel one in space

  void push(Stroke stroke) {
    if (!stroke.lines.empty()) marks_.emplace_back(std::move(stroke));
  }

  const Panel& panel_;
  const Placed& placed_;
  const Rectangle& box_;
  std::vector<Mark>& marks_;
};
}  // namespace

void paint_plane(const Panel& panel, const Placed& placed, std::vector<Mark>& marks) {
  Plane(panel, placed, marks).paint();
}

}  // namespace gyre::plot
