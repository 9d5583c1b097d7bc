#pragma once

#include <optional>
#include <vector>

#include "gyre/plot/layout.hpp"

/// The geometry of panels in space: where a point is on the canvas, and what hides it.
namespace gyre::plot {

/// A point as shares of the three axes, 0 to 1.
struct Spot {
  double x = 0.0, y = 0.0, z = 0.0;
};
bool in_box(const Spot& spot);

/// A surface as shares of the axes, NaN where it cannot be shown.
struct Sheet {
  std::vector<double> x = {}, y = {}, z = {};
  std::optional<double> height_at(double px, double py) const;
};

class Scene {
 public:
  Scene(const Panel& panel, const Placed& placed);

  /// Where the point is in units of the axes.
  Spot spot(double x, double y, double z) const;
  Dot at(const Spot& spot) const;
  /// Larger is nearer to whoever looks.
  double nearness(const Spot& spot) const { return see(spot).near; }

  /// Nothing if the grid is no surface.
  std::optional<Sheet> sheet_of(const Surface& surface) const;
  /// From now on the sheet hides what is behind it.
  void add(Sheet sheet) { sheets_.push_back(std::move(sheet)); }
  bool hidden(const Spot& spot) const;

 private:
  struct Seen {
    double right = 0.0, up = 0.0, near = 0.0;
  };
  Seen see(const Spot& spot) const;
  Spot towards_eye(const Spot& spot, double length) const;

  const Placed& placed_;
  double length_x_ = 1.0, length_y_ = 1.0;
  double cos_turn_, sin_turn_, cos_tilt_, sin_tilt_;
  double scale_ = 1.0;
  Dot middle_ = {};
  std::vector<Sheet> sheets_ = {};
};

/// How wide the name of an axis in space may be before it is broken.
inline double space_label_ems(const Rectangle& plot) { return 0.6 * plot.width / kLabelSize; }

/// Floor and back walls with a grid, numbers and names along three edges.
void paint_box(const Panel& panel, const Placed& placed, const Scene& scene,
               std::vector<Mark>& marks);

}  // namespace gyre::plot
