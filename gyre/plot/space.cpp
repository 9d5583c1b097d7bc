// Panels in space: surfaces painted from the back to the front, and paths on top, fainter where a
// surface hides them.
#include <algorithm>
#include <array>
#include <cmath>

#include "gyre/plot/paint.hpp"
#include "gyre/plot/scene.hpp"

namespace gyre::plot {

namespace {
/// A path cut where it goes behind a surface or comes out again.
struct Sides {
  std::vector<Polyline> front = {}, back = {};
};

Sides sides_of(const Scene& scene, const std::vector<Spot>& path) {
  Sides sides;
  Polyline part;
  bool behind = false;
  const auto finish = [&] {
    if (part.size() > 1) (behind ? sides.back : sides.front).push_back(simplify(part, 0.1));
    part.clear();
  };
  const auto visit = [&](const Spot& spot) {
    const bool now = scene.hidden(spot);
    const Dot dot = scene.at(spot);
    if (!part.empty() && now != behind) {
      part.push_back(dot);
      finish();
    }
    behind = now;
    part.push_back(dot);
  };
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Spot& to = path[i];
    if (!in_box(to)) {
      finish();
      continue;
    }
    if (i == 0 || !in_box(path[i - 1])) {
      visit(to);
      continue;
    }
    // Long steps are cut, so that the line changes where something is before it.
    const Spot& from = path[i - 1];
    const Dot a = scene.at(from), b = scene.at(to);
    const int pieces = std::clamp(static_cast<int>(std::hypot(b.x - a.x, b.y - a.y) / 3.0), 1, 200);
    for (int k = 1; k <= pieces; ++k) {
      const double share = static_cast<double>(k) / pieces;
      visit({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y),
             from.z + share * (to.z - from.z)});
    }
  }
  finish();
  return sides;
}

void paint_tiles(const Scene& scene, const Surface& surface, const Sheet& sheet, const Range& range,
                 std::vector<Mark>& marks) {
  struct Tile {
    double near = 0.0;
    Polyline shape = {};
    Rgb color = {};
  };
  std::vector<Tile> tiles;
  const std::size_t columns = sheet.x.size();
  for (std::size_t j = 0; j + 1 < sheet.y.size(); ++j)
    for (std::size_t i = 0; i + 1 < columns; ++i) {
      Tile tile;
      double value = 0.0;
      for (const auto& [di, dj] : {std::pair{0u, 0u}, {1u, 0u}, {1u, 1u}, {0u, 1u}}) {
        const std::size_t n = (j + dj) * columns + i + di;
        const Spot corner{sheet.x[i + di], sheet.y[j + dj], sheet.z[n]};
        tile.near += scene.nearness(corner);
        tile.shape.push_back(scene.at(corner));
        value += 0.25 * range.share(surface.grid.z[n]);
        if (!in_box(corner)) value = std::nan("");
      }
      if (!std::isfinite(value) || !std::isfinite(tile.near)) continue;
      tile.color = color_at(surface.shading.map, value);
      tiles.push_back(std::move(tile));
    }
  std::stable_sort(tiles.begin(), tiles.end(),
                   [](const Tile& a, const Tile& b) { return a.near < b.near; });
  Fills fills{{}, surface.opacity};
  for (Tile& tile : tiles) fills.shapes.emplace_back(std::move(tile.shape), tile.color);
  if (!fills.shapes.empty()) marks.emplace_back(std::move(fills));
}

/// About a dozen lines of the grid each way, where the surface can be seen.
void paint_mesh(const Scene& scene, const Sheet& sheet, std::vector<Mark>& marks) {
  constexpr std::size_t kLines = 12;
  Stroke mesh{.color = kColors[kBlack], .width = 0.6, .opacity = 0.3};
  const auto add = [&](const std::vector<Spot>& path) {
    Sides sides = sides_of(scene, path);
    std::move(sides.front.begin(), sides.front.end(), std::back_inserter(mesh.lines));
  };
  const std::size_t columns = sheet.x.size(), rows = sheet.y.size();
  const auto chosen = [](std::size_t i, std::size_t n) {
    const std::size_t stride = (n + kLines - 2) / kLines;
    return i % std::max<std::size_t>(stride, 1) == 0 || i + 1 == n;
  };
  for (std::size_t j = 0; j < rows; ++j) {
    std::vector<Spot> path;
    for (std::size_t i = 0; i < columns; ++i)
      path.push_back({sheet.x[i], sheet.y[j], sheet.z[j * columns + i]});
    if (chosen(j, rows)) add(path);
  }
  for (std::size_t i = 0; i < columns; ++i) {
    std::vector<Spot> path;
    for (std::size_t j = 0; j < rows; ++j)
      path.push_back({sheet.x[i], sheet.y[j], sheet.z[j * columns + i]});
    if (chosen(i, columns)) add(path);
  }
  if (!mesh.lines.empty()) marks.emplace_back(std::move(mesh));
}

class Painter {
 public:
  Painter(const Scene& scene, std::vector<Mark>& marks) : scene_(scene), marks_(marks) {}

  void draw(const Line& line, const Look& look) {
    if (line.z.empty()) return;
    std::vector<Spot> path;
    for (std::size_t i = 0; i < line.y.size(); ++i)
      path.push_back(scene_.spot(counted(line.x, i), line.y[i], line.z[i]));
    const Sides sides = sides_of(scene_, path);
    const Stroke front{sides.front, look.color, line.ink.width, line.ink.opacity, look.dash};
    Stroke back = front, rim = front;
    back.lines = sides.back, back.opacity *= 0.35;
    rim.color = kWhite, rim.width += 1.6, rim.opacity *= 0.8, rim.dash = Dash::kSolid;
    for (const Stroke* stroke : std::array<const Stroke*, 3>{&back, &rim, &front})
      if (!stroke->lines.empty()) marks_.emplace_back(*stroke);
    const auto shapes = spread(sides.front, line.marks);
    if (!shapes.empty())
      marks_.emplace_back(Marks{shapes, look.shape, 7.0, line.ink.opacity, look.color, false});
  }

  void draw(const Points& points, const Look& look) {
    if (points.z.empty()) return;
    Marks result{{}, look.shape, points.size, points.ink.opacity, look.color, true, points.hollow};
    for (std::size_t i = 0; i < points.y.size(); ++i) {
      const Spot spot = scene_.spot(counted(points.x, i), points.y[i], points.z[i]);
      if (in_box(spot)) result.at.push_back(scene_.at(spot));
    }
    if (!result.at.empty()) marks_.emplace_back(std::move(result));
  }

  void draw(const Note& note, const Look& look) {
    const Spot spot = scene_.spot(note.x, note.y, note.z);
    if (!in_box(spot)) return;
    marks_.emplace_back(Words{.text = note.text,
                              .at = scene_.at(spot),
                              .align = note.align,
                              .size = kTicSize,
                              .color = look.color});
  }

  void draw(const auto&, const Look&) {}  // flat layers have no place in space

 private:
  const Scene& scene_;
  std::vector<Mark>& marks_;
};
}  // namespace

void paint_space(const Panel& panel, const Placed& placed, std::vector<Mark>& marks) {
  Scene scene(panel, placed);
  paint_box(panel, placed, scene, marks);
  for (const Layer& layer : panel.layers)
    if (const auto* surface = std::get_if<Surface>(&layer))
      if (auto sheet = scene.sheet_of(*surface)) {
        paint_tiles(scene, *surface, *sheet, shade_range(layer), marks);
        scene.add(*sheet);
        paint_mesh(scene, *sheet, marks);
      }
  Painter painter(scene, marks);
  for (std::size_t i = 0; i < panel.layers.size(); ++i)
    std::visit([&](const auto& layer) { painter.draw(layer, placed.looks[i]); }, panel.layers[i]);
}

}  // namespace gyre::plot
