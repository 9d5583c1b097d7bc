// Panels in the plane: axes, then the layers in order.
#include <algorithm>
#include <cmath>

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
  Dot at(double x, double y) const { return placed_.at(x, y); }
  bool inside(const Dot& dot) const { return placed_.inside(dot); }
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
    Marks result{{},         look.shape,         points.size,  points.ink.opacity,
                 look.color, points.size >= 6.0, points.hollow};
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
    const double per_x = box_.width / (placed_.x.high - placed_.x.low);
    const double per_y = box_.height / (placed_.y.high - placed_.y.low);
    double longest = 0.0;
    std::vector<Dot> middles, ways;
    for (std::size_t i = 0; i < n; ++i) {
      const Dot middle = at(arrows.x[i], arrows.y[i]);
      const Dot way{arrows.dx[i] * per_x, -arrows.dy[i] * per_y};
      const double length = std::hypot(way.x, way.y);
      if (!inside(middle) || !std::isfinite(length)) continue;
      middles.push_back(middle), ways.push_back(way);
      longest = std::max(longest, length);
    }
    if (!(longest > 0.0)) return;
    const double room = std::sqrt(box_.width * box_.height / static_cast<double>(middles.size()));
    const double scale = arrows.scale > 0.0 ? arrows.scale : 0.9 * room / longest;
    Stroke shafts{.color = look.color, .width = arrows.ink.width, .opacity = arrows.ink.opacity};
    Fills heads{{}, arrows.ink.opacity};
    for (std::size_t i = 0; i < middles.size(); ++i) {
      const Dot half{0.5 * scale * ways[i].x, 0.5 * scale * ways[i].y};
      const double length = 2.0 * std::hypot(half.x, half.y);
      if (length < 0.7) continue;
      const Dot tail{middles[i].x - half.x, middles[i].y - half.y};
      const Dot tip{middles[i].x + half.x, middles[i].y + half.y};
      const double head = std::min(7.0, 0.5 * length), shaft = 1.0 - 0.75 * head / length;
      const Polyline line{tail, {tail.x + shaft * 2.0 * half.x, tail.y + shaft * 2.0 * half.y}};
      for (Polyline& part : visible(line, box_, arrows.ink, look).lines)
        shafts.lines.push_back(std::move(part));
      if (inside(tip)) heads.shapes.emplace_back(arrow_head(tail, tip, head), look.color);
    }
    marks_.emplace_back(std::move(shafts));
    marks_.emplace_back(std::move(heads));
  }

  void draw(const Heat& heat, const Look&, std::size_t layer) {
    paint_heat(heat, placed_, shade_range(panel_.layers[layer]), marks_);
  }

  void draw(const Cells& cells, const Look&, std::size_t) { paint_cells(cells, placed_, marks_); }

  void draw(const Streamlines& flow, const Look&, std::size_t layer) {
    paint_streamlines(flow, placed_, shade_range(panel_.layers[layer]), marks_);
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
