#include "gyre/plot/paint.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/plot/words.hpp"

namespace gyre::plot {

Stroke visible(const Polyline& line, const Rectangle& box, const Ink& ink, const Look& look) {
  // An SVG of more dots than this is slow to load, and nobody sees the difference.
  constexpr std::size_t kEnough = 20000;
  constexpr double kFine = 0.1, kCoarse = 2.0;
  Stroke stroke{.color = look.color, .width = ink.width, .opacity = ink.opacity, .dash = look.dash};
  Polyline inside = line;
  for (Dot& dot : inside) dot.x -= box.left, dot.y -= box.top;
  for (Polyline& part : clip(inside, box.width, box.height, 0.0)) {
    Polyline thin = simplify(part, kFine);
    for (double coarse = 2.0 * kFine; thin.size() > kEnough && coarse < kCoarse; coarse *= 2.0)
      thin = simplify(part, coarse);
    for (Dot& dot : thin) dot.x += box.left, dot.y += box.top;
    stroke.lines.push_back(std::move(thin));
  }
  return stroke;
}

Polyline arrow_head(const Dot& tail, const Dot& tip, double length) {
  const double dx = tip.x - tail.x, dy = tip.y - tail.y, size = std::hypot(dx, dy);
  if (!(size > 0.0)) return {};
  const double u = dx / size * length, v = dy / size * length, half = 0.4;
  return {tip,
          {tip.x - u - half * v, tip.y - v + half * u},
          {tip.x - 0.75 * u, tip.y - 0.75 * v},
          {tip.x - u + half * v, tip.y - v - half * u}};
}

std::vector<Dot> spread(const std::vector<Polyline>& lines, int count) {
  double total = 0.0;
  const auto distance = [](const Dot& a, const Dot& b) { return std::hypot(b.x - a.x, b.y - a.y); };
  for (const Polyline& line : lines)
    for (std::size_t i = 1; i < line.size(); ++i) total += distance(line[i - 1], line[i]);
  std::vector<Dot> result;
  if (count <= 0 || !(total > 0.0)) return result;
  double next = 0.5 * total / count, gone = 0.0;
  for (const Polyline& line : lines)
    for (std::size_t i = 1; i < line.size(); ++i) {
      const double step = distance(line[i - 1], line[i]);
      for (; next <= gone + step && step > 0.0; next += total / count) {
        const double share = (next - gone) / step;
        result.push_back({line[i - 1].x + share * (line[i].x - line[i - 1].x),
                          line[i - 1].y + share * (line[i].y - line[i - 1].y)});
      }
      gone += step;
    }
  return result;
}

void paint_bar(const Panel& panel, const Bar& bar, std::vector<Mark>& marks) {
  constexpr std::size_t kSteps = 128;
  const Shading& shading = *shading_of(panel.layers[bar.layer]);
  const Rectangle& box = bar.box;
  Pixels pixels{box.left, box.top, box.width, box.height, 2, {}};  // gnuplot draws no single column
  for (std::size_t i = 0; i < kSteps; ++i)
    pixels.cells.push_back(color_at(shading.map, 1.0 - (static_cast<double>(i) + 0.5) / kSteps));
  marks.emplace_back(pixels);
  Stroke ticks{.color = kAxisColor};
  for (const Tic& tic : bar.tics) {
    if (tic.label.empty()) continue;
    const double y = box.bottom() - bar.range.share(tic.at) * box.height;
    ticks.lines.push_back({{box.right(), y}, {box.right() + 4.0, y}});
    marks.emplace_back(Words{
        .text = tic.label, .at = {box.right() + 7.0, y}, .size = kTicSize, .color = kTicColor});
  }
  marks.emplace_back(ticks);
}

void paint_legend(const Panel& panel, const Placed& placed, std::vector<Mark>& marks) {
  for (const Entry& entry : placed.legend) {
    const Look& look = placed.looks[entry.layer];
    const Dot from = entry.at, to{from.x + kSampleWidth, from.y};
    const Dot middle{from.x + 0.5 * kSampleWidth, from.y};
    const auto mark = [&](const Ink& ink, double size, bool hollow = false) {
      marks.emplace_back(Marks{{middle}, look.shape, size, ink.opacity, look.color, false, hollow});
    };
    const auto stroke = [&](const Ink& ink) {
      marks.emplace_back(Stroke{{{from, to}}, look.color, ink.width, ink.opacity, look.dash});
    };
    std::visit(
        [&]<class T>(const T& layer) {
          if constexpr (std::is_same_v<T, Points>) {
            mark(layer.ink, layer.size, layer.hollow);
          } else if constexpr (std::is_same_v<T, Band>) {
            marks.emplace_back(Fills{{{{{from.x, from.y - 6.0},
                                        {to.x, to.y - 6.0},
                                        {to.x, to.y + 6.0},
                                        {from.x, from.y + 6.0}},
                                       look.color}},
                                     layer.ink.opacity});
          } else if constexpr (requires { layer.ink; }) {
            stroke(layer.ink);
            if constexpr (std::is_same_v<T, Line>)
              if (layer.marks > 0) mark(layer.ink, 7.0);
            if constexpr (std::is_same_v<T, Arrows>)
              marks.emplace_back(
                  Fills{{{arrow_head(from, to, 7.0), look.color}}, layer.ink.opacity});
          }
        },
        panel.layers[entry.layer]);
    marks.emplace_back(Words{.text = entry.label,
                             .at = {to.x + kSampleGap, to.y},
                             .size = kLegendSize,
                             .color = kTextColor});
  }
}

Picture picture_of(const Figure& figure) {
  check(figure);
  const Layout layout = lay_out(figure);
  Picture picture{layout.width, layout.height, figure.title, {}};
  for (std::size_t i = 0; i < layout.panels.size(); ++i) {
    const Panel& panel = figure.panels[i];
    const Placed& placed = layout.panels[i];
    if (placed.contents.in_space)
      paint_space(panel, placed, picture.marks);
    else
      paint_plane(panel, placed, picture.marks);
    if (placed.bar) paint_bar(panel, *placed.bar, picture.marks);
    paint_legend(panel, placed, picture.marks);
    picture.marks.insert(picture.marks.end(), placed.words.begin(), placed.words.end());
  }
  picture.marks.insert(picture.marks.end(), layout.words.begin(), layout.words.end());
  return picture;
}

}  // namespace gyre::plot
