// Evenly spaced paths: each new one starts beside an old one (Jobard and Lefer 1997).
#include "gyre/plot/streamlines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <optional>

namespace gyre::plot {

namespace {
/// A place in the box, scaled to the unit square.
struct Place {
  double x, y;
};

/// Finds out quickly whether any kept place is near a given one.
class Neighbours {
 public:
  explicit Neighbours(double distance)
      : distance_(distance), side_(std::max(1, static_cast<int>(1.0 / distance))) {
    cells_.resize(static_cast<std::size_t>(side_ * side_));
  }

  void keep(Place p) { cells_[index(cell(p.x), cell(p.y))].push_back(p); }

  bool any_within(Place p, double distance) const {
    const int reach = static_cast<int>(std::ceil(distance / distance_));
    for (int j = std::max(0, cell(p.y) - reach); j <= std::min(side_ - 1, cell(p.y) + reach); ++j)
      for (int i = std::max(0, cell(p.x) - reach); i <= std::min(side_ - 1, cell(p.x) + reach); ++i)
        for (const Place& q : cells_[index(i, j)])
          if (std::hypot(q.x - p.x, q.y - p.y) < distance) return true;
    return false;
  }

 private:
  int cell(double v) const { return std::clamp(static_cast<int>(v * side_), 0, side_ - 1); }
  std::size_t index(int i, int j) const { return static_cast<std::size_t>(j * side_ + i); }

  double distance_;
  int side_;
  std::vector<std::vector<Place>> cells_;
};

class Tracer {
 public:
  Tracer(const Flow& flow, const Box& box, double density)
      : flow_(flow), box_(box), apart_(1.0 / density), kept_(apart_) {}

  Streamlines trace() {
    Streamlines result{.box = box_};
    // The middle first, then what lies beside the paths found so far, then whatever is still empty.
    std::deque<Place> seeds{{0.5, 0.5}};
    constexpr int kRaster = 24;
    for (int j = 0; j < kRaster; ++j)
      for (int i = 0; i < kRaster; ++i) {
        const Place raster{(i + 0.5) / kRaster, (j + 0.5) / kRaster};
        for (seeds.push_back(raster); !seeds.empty(); seeds.pop_front()) {
          const std::vector<Place> path = path_through(seeds.front());
          if (path.empty()) continue;
          for (const Place& p : path) kept_.keep(p);
          add_seeds(path, seeds);
          result.paths.push_back(finished(path));
        }
      }
    return result;
  }

 private:
  static bool in_unit(Place p) { return p.x >= 0.0 && p.x <= 1.0 && p.y >= 0.0 && p.y <= 1.0; }

  /// The flow's direction in the unit square, of length one; nothing where it stands still.
  std::optional<Place> direction(Place p) const {
    const auto [u, v] = flow_(x_of(p), y_of(p));
    const double dx = u / (box_.x_high - box_.x_low), dy = v / (box_.y_high - box_.y_low);
    const double size = std::hypot(dx, dy);
    if (!std::isfinite(size) || size < 1e-12) return std::nullopt;
    return Place{dx / size, dy / size};
  }

  /// One step along the direction field, of fourth order.
  std::optional<Place> next(Place p, double h) const {
    const auto k1 = direction(p);
    if (!k1) return std::nullopt;
    const auto k2 = direction({p.x + 0.5 * h * k1->x, p.y + 0.5 * h * k1->y});
    if (!k2) return std::nullopt;
    const auto k3 = direction({p.x + 0.5 * h * k2->x, p.y + 0.5 * h * k2->y});
    if (!k3) return std::nullopt;
    const auto k4 = direction({p.x + h * k3->x, p.y + h * k3->y});
    if (!k4) return std::nullopt;
    return Place{p.x + h / 6.0 * (k1->x + 2.0 * k2->x + 2.0 * k3->x + k4->x),
                 p.y + h / 6.0 * (k1->y + 2.0 * k2->y + 2.0 * k3->y + k4->y)};
  }

  std::vector<Place> half_path(Place seed, double h, double& room) const {
    std::vector<Place> path;
    Place at = seed;
    while (room > 0.0) {
      const auto place = next(at, h);
      if (!place || !in_unit(*place) || kept_.any_within(*place, 0.5 * apart_)) break;
      const double moved = std::hypot(place->x - at.x, place->y - at.y);
      if (moved < 0.2 * std::abs(h)) break;  // it turns on the spot, at a place of rest
      at = *place;
      path.push_back(at);
      room -= moved;
      // A closed path is done when it is back; a path that winds inwards stops beside itself.
      if (static_cast<double>(path.size()) * std::abs(h) > 3.0 * apart_) {
        const double gap = std::hypot(at.x - seed.x, at.y - seed.y);
        if (gap < 0.75 * std::abs(h)) {
          path.push_back(seed);
          room = 0.0;
        }
        const std::size_t recent = static_cast<std::size_t>(3.0 * apart_ / std::abs(h));
        for (std::size_t i = 0; i + recent < path.size(); ++i)
          if (room > 0.0 && gap > 0.4 * apart_ &&
              std::hypot(at.x - path[i].x, at.y - path[i].y) < 0.25 * apart_)
            return path;
      }
    }
    return path;
  }

  std::vector<Place> path_through(Place seed) const {
    if (!in_unit(seed) || kept_.any_within(seed, 0.95 * apart_) || !direction(seed)) return {};
    constexpr double kLongest = 6.0;
    const double h = 0.1 * apart_;
    double room = kLongest;
    const std::vector<Place> forth = half_path(seed, h, room);
    const std::vector<Place> back = room > 0.0 ? half_path(seed, -h, room) : std::vector<Place>{};
    std::vector<Place> path(back.rbegin(), back.rend());
    path.push_back(seed);
    path.insert(path.end(), forth.begin(), forth.end());
    if (static_cast<double>(path.size()) * h < 1.5 * apart_) return {};  // a stub
    return path;
  }

  void add_seeds(const std::vector<Place>& path, std::deque<Place>& seeds) const {
    for (std::size_t i = 5; i < path.size(); i += 5) {
      const auto along = direction(path[i]);
      if (!along) continue;
      for (const double side : {apart_, -apart_})
        seeds.push_back({path[i].x - side * along->y, path[i].y + side * along->x});
    }
  }

  Streamlines::Path finished(const std::vector<Place>& path) const {
    Streamlines::Path result;
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (i % 2 == 1 && i + 1 < path.size()) continue;  // traced more finely than shown
      result.x.push_back(x_of(path[i]));
      result.y.push_back(y_of(path[i]));
      const auto [u, v] = flow_(result.x.back(), result.y.back());
      result.value.push_back(std::hypot(u, v));
    }
    return result;
  }

  double x_of(Place p) const { return box_.x_low + (box_.x_high - box_.x_low) * p.x; }
  double y_of(Place p) const { return box_.y_low + (box_.y_high - box_.y_low) * p.y; }

  const Flow& flow_;
  const Box& box_;
  double apart_;
  Neighbours kept_;
};
}  // namespace

Streamlines streamlines(const Flow& flow, const Box& box, double density) {
  return Tracer(flow, box, std::clamp(density, 2.0, 200.0)).trace();
}

}  // namespace gyre::plot
