// The box around a panel in space: floor and the two walls behind, with a grid, and numbers along
// the nearest free edges.
#include <algorithm>
#include <cmath>

#include "gyre/plot/measure.hpp"
#include "gyre/plot/paint.hpp"
#include "gyre/plot/scene.hpp"
#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
/// Numbers and a name outside an edge of the box, at right angles to it.
/// Numbers of two axes meet at a corner, where the second one gives way.
class Taken {
 public:
  bool take(const Dot& middle, double width, double height) {
    for (const Rectangle& r : rectangles_)
      if (std::abs(middle.x - r.left) < 0.5 * (width + r.width) + 10.0 &&
          std::abs(middle.y - r.top) < 0.5 * (height + r.height) + 2.0)
        return false;
    rectangles_.push_back({middle.x, middle.y, width, height});
    return true;
  }

 private:
  std::vector<Rectangle> rectangles_;  // by their middles
};

void paint_axis(const Scene& scene, const Rectangle& plot, const std::string& label,
                const std::vector<Tic>& numbers, const auto& along, const Range& range,
                Taken& taken, std::vector<Mark>& marks) {
  if (numbers.empty()) return;
  const Dot from = scene.at(along(0.0)), to = scene.at(along(1.0)),
            center = scene.at({0.5, 0.5, 0.5});
  const Dot half{0.5 * (from.x + to.x), 0.5 * (from.y + to.y)};
  Dot out{-(to.y - from.y), to.x - from.x};
  const double size = std::hypot(out.x, out.y);
  out = {out.x / size, out.y / size};
  if (out.x * (half.x - center.x) + out.y * (half.y - center.y) < 0.0) out = {-out.x, -out.y};
  Stroke ticks{.color = kAxisColor};
  double widest = 0.0;
  for (const Tic& tic : numbers) {
    if (tic.label.empty()) continue;
    const Dot foot = scene.at(along(range.share(tic.at)));
    ticks.lines.push_back({foot, {foot.x + 4.0 * out.x, foot.y + 4.0 * out.y}});
    const double width = width_in_ems(tic.label) * (kTicSize - 1.0);
    widest = std::max(widest, width);
    // So far out that the number's nearest corner stays clear of the edge.
    const double reach = 7.0 + 0.5 * width * std::abs(out.x) + 6.0 * std::abs(out.y);
    const Dot place{foot.x + reach * out.x, foot.y + reach * out.y};
    if (!taken.take(place, width, kTicSize)) continue;
    marks.emplace_back(Words{.text = tic.label,
                             .at = place,
                             .align = Note::Align::kCenter,
                             .size = kTicSize - 1.0,
                             .color = kTicColor});
  }
  marks.emplace_back(std::move(ticks));
  const auto lines = wrap(label, space_label_ems(plot));
  if (lines.empty()) return;
  const double step = kLabelSize * kLine;
  Words words{.align = Note::Align::kCenter, .size = kLabelSize};
  if (std::abs(out.x) > 0.95) {  // beside an upright edge
    words.upright = reads_upright(label);
    const double reach = 14.0 + widest + 0.5 * step;
    words.at = {half.x + reach * out.x, half.y};
    if (out.x < 0.0) words.at.x -= step * static_cast<double>(lines.size() - 1);
  } else {
    double width = 0.0;
    for (const std::string& line : lines) width = std::max(width, width_in_ems(line) * kLabelSize);
    const double reach = 12.0 + (widest + 0.5 * width) * std::abs(out.x) + 20.0 * std::abs(out.y);
    const double first = plot.left - kTicSize + 0.5 * width;
    const double last = plot.right() + kTicSize - 0.5 * width;
    words.at = {std::clamp(half.x + reach * out.x, std::min(first, last), std::max(first, last)),
                half.y + reach * out.y};
  }
  for (const std::string& line : lines) {
    words.text = line;
    marks.emplace_back(words);
    (words.upright ? words.at.x : words.at.y) += step;
  }
}

}  // namespace

void paint_box(const Panel& panel, const Placed& placed, const Scene& scene,
               std::vector<Mark>& marks) {
  const double near_x = scene.nearness({1, 0.5, 0.5}) > scene.nearness({0, 0.5, 0.5});
  const double near_y = scene.nearness({0.5, 1, 0.5}) > scene.nearness({0.5, 0, 0.5});
  const double far_x = 1.0 - near_x, far_y = 1.0 - near_y;
  const auto ticks = [&](const Range& range, const Spot& from, const Spot& to, double each) {
    const Dot a = scene.at(from), b = scene.at(to);
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    return length < 25.0 ? std::vector<Tic>{} : tics(range, length / each);
  };
  const auto x_tics = ticks(placed.x, {0, near_y, 0}, {1, near_y, 0}, 45.0);
  const auto y_tics = ticks(placed.y, {near_x, 0, 0}, {near_x, 1, 0}, 45.0);
  // The upright edge furthest to the left carries the third axis.
  const Spot left = scene.at({near_x, far_y, 0}).x < scene.at({far_x, near_y, 0}).x
                        ? Spot{near_x, far_y, 0}
                        : Spot{far_x, near_y, 0};
  const auto z_tics = ticks(placed.z, left, {left.x, left.y, 1}, 24.0);

  Stroke grid{.color = kGridColor}, edges{.color = {0xB8, 0xB8, 0xB8}};
  const auto line = [&](Stroke& stroke, const Spot& a, const Spot& b, const Spot& c) {
    stroke.lines.push_back({scene.at(a), scene.at(b), scene.at(c)});
  };
  for (const Tic& tic : x_tics) {
    const double v = placed.x.share(tic.at);
    if (!tic.label.empty()) line(grid, {v, near_y, 0}, {v, far_y, 0}, {v, far_y, 1});
  }
  for (const Tic& tic : y_tics) {
    const double v = placed.y.share(tic.at);
    if (!tic.label.empty()) line(grid, {near_x, v, 0}, {far_x, v, 0}, {far_x, v, 1});
  }
  for (const Tic& tic : z_tics) {
    const double v = placed.z.share(tic.at);
    if (!tic.label.empty()) line(grid, {near_x, far_y, v}, {far_x, far_y, v}, {far_x, near_y, v});
  }
  line(edges, {near_x, far_y, 0}, {near_x, near_y, 0}, {far_x, near_y, 0});
  line(edges, {near_x, far_y, 0}, {far_x, far_y, 0}, {far_x, near_y, 0});
  line(edges, {near_x, far_y, 0}, {near_x, far_y, 1}, {far_x, far_y, 1});
  line(edges, {far_x, near_y, 0}, {far_x, near_y, 1}, {far_x, far_y, 1});
  edges.lines.push_back({scene.at({far_x, far_y, 0}), scene.at({far_x, far_y, 1})});
  marks.emplace_back(std::move(grid));
  marks.emplace_back(std::move(edges));

  Taken taken;
  const auto along_x = [&](double v) { return Spot{v, near_y, 0}; };
  const auto along_y = [&](double v) { return Spot{near_x, v, 0}; };
  const auto along_z = [&](double v) { return Spot{left.x, left.y, v}; };
  paint_axis(scene, placed.plot, panel.x.label, x_tics, along_x, placed.x, taken, marks);
  paint_axis(scene, placed.plot, panel.y.label, y_tics, along_y, placed.y, taken, marks);
  paint_axis(scene, placed.plot, panel.z.label, z_tics, along_z, placed.z, taken, marks);
}

}  // namespace gyre::plot
