#include "gyre/report/atlas_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gyre::report {

namespace {

constexpr int kWidth = 340, kHeight = 270;
constexpr double kSmallest = 1e-13;  // distances below are rounding,
constexpr double kLargest = 1e100;   // and beyond nobody wants to look

double distance(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum = std::hypot(sum, a[i] - b[i]);
  return sum;
}

/// How far a place is from the nearest critical point; from the path's own start where there is
/// none.
double nearest(std::span<const double> place, const AtlasEntry& entry, const gyre::Path& path) {
  if (entry.found.points.empty()) return distance(place, path.at(0));
  double least = std::numeric_limits<double>::infinity();
  for (const AtlasPoint& p : entry.found.points) least = std::min(least, distance(place, p.at));
  return least;
}

/// What an axis shows: the game's view; else all starts and critical points, with some room.
std::array<double, 2> reach(std::size_t i, const AtlasEntry& entry,
                            const std::vector<AtlasDrawing>& drawn,
                            const std::vector<std::array<double, 2>>& view) {
  if (i < view.size()) return view[i];
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto see = [&](double x) { low = std::min(low, x), high = std::max(high, x); };
  for (const AtlasDrawing& one : drawn) see(one.shape.at(0)[i]);
  for (const AtlasPoint& p : entry.found.points) see(p.at[i]);
  if (!(low < high)) return {low - 1.0, low + 1.0};
  const double room = 0.35 * (high - low);
  return {low - room, high + room};
}

plot::Points points_of(const AtlasEntry& entry, std::array<std::size_t, 2> axes, bool equilibria) {
  plot::Points points{.ink = {.color = plot::kBlack},
                      .shape = equilibria ? plot::Shape::kDisc : plot::Shape::kCross,
                      .size = equilibria ? 7.0 : 8.0};
  for (const AtlasPoint& p : entry.found.points) {
    if (is_equilibrium(p.kind) != equilibria) continue;
    points.x.push_back(p.at[axes[0]]);
    points.y.push_back(p.at[axes[1]]);
  }
  return points;
}

}  // namespace

std::array<std::size_t, 2> drawn_coordinates(const AtlasEntry& entry) { return {0, entry.second}; }

plot::Figure cell_paths(const AtlasEntry& entry, const std::vector<AtlasDrawing>& drawn,
                        const std::vector<std::array<double, 2>>& view) {
  const std::array<std::size_t, 2> axes = drawn_coordinates(entry);
  const auto [x_low, x_high] = reach(axes[0], entry, drawn, view);
  const auto [y_low, y_high] = reach(axes[1], entry, drawn, view);
  plot::Panel panel{.x = {.label = entry.coordinates[axes[0]], .low = x_low, .high = x_high},
                    .y = {.label = entry.coordinates[axes[1]], .low = y_low, .high = y_high},
                    .legend = plot::Legend::kNone};
  for (const AtlasCycle& cycle : entry.found.cycles) {
    plot::Line line{.ink = {.color = plot::kGrey, .width = 1.6, .dash = plot::Dash::kDashed}};
    for (std::size_t k = 0; k <= cycle.path.size(); ++k) {
      line.x.push_back(cycle.path[k % cycle.path.size()][axes[0]]);
      line.y.push_back(cycle.path[k % cycle.path.size()][axes[1]]);
    }
    panel.layers.push_back(std::move(line));
  }
  plot::Points starts{.ink = {.color = plot::kBlack}, .shape = plot::Shape::kRing, .size = 7.0};
  for (const auto& [path, course] : drawn) {
    plot::Line line{.ink = {.width = 1.5, .dash = plot::Dash::kSolid, .opacity = 0.9}};
    for (std::size_t k = 0; k < path.size(); ++k) {
      line.x.push_back(path.at(k)[axes[0]]);
      line.y.push_back(path.at(k)[axes[1]]);
    }
    panel.layers.push_back(std::move(line));
    starts.x.push_back(path.at(0)[axes[0]]);
    starts.y.push_back(path.at(0)[axes[1]]);
  }
  panel.layers.push_back(std::move(starts));
  panel.layers.push_back(points_of(entry, axes, true));
  panel.layers.push_back(points_of(entry, axes, false));
  return {.panels = {std::move(panel)}, .width = kWidth, .height = kHeight};
}

plot::Figure cell_distances(const AtlasEntry& entry, const AtlasCell& cell,
                            const std::vector<AtlasDrawing>& drawn, const Words& words) {
  plot::Panel panel{.x = {.label = words.text("atlas.axis.step"), .low = 0.0},
                    .y = {.label = words.text("atlas.axis.distance"), .log = true},
                    .legend = plot::Legend::kNone};
  const auto aim = std::ranges::max_element(cell.points, {}, &AtPoint::arrived);
  const bool foretold = aim != cell.points.end() && aim->arrived > 0 &&
                        aim->theory == Theory::kAttracts && aim->radius > 0.0;
  bool guided = false;
  plot::Line guide{.ink = {.color = plot::kGrey, .width = 1.6, .dash = plot::Dash::kDashed}};
  for (const auto& [shape, path] : drawn) {
    plot::Line line{.ink = {.width = 1.5, .dash = plot::Dash::kSolid, .opacity = 0.9}};
    for (std::size_t k = 0; k < path.size(); ++k) {
      line.x.push_back(static_cast<double>(path.steps[k]));
      const double away = nearest(path.at(k), entry, path);
      line.y.push_back(
          away > kSmallest && away < kLargest ? away : std::numeric_limits<double>::quiet_NaN());
    }
    if (foretold && !guided && line.y.front() > 0.0 && !(line.y.back() >= 1e-3 * line.y.front())) {
      const double last = line.x.back();
      guide.x = {0.0, last};
      guide.y = {line.y.front(), std::max(kSmallest, line.y.front() * std::pow(aim->radius, last))};
      if (guide.y[1] == kSmallest)
        guide.x[1] = std::log(kSmallest / line.y.front()) / std::log(aim->radius);
      guided = true;
    }
    panel.layers.push_back(std::move(line));
  }
  if (guided) panel.layers.push_back(std::move(guide));
  return {.panels = {std::move(panel)}, .width = kWidth, .height = kHeight};
}

}  // namespace gyre::report
