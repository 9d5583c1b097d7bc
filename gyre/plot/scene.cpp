#include "gyre/plot/scene.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
constexpr double kHeight = 0.75;  // of the box, to its longer side
}

bool in_box(const Spot& s) {
  const auto fits = [](double v) { return v >= -1e-6 && v <= 1.0 + 1e-6; };
  return fits(s.x) && fits(s.y) && fits(s.z);
}

std::optional<double> Sheet::height_at(double px, double py) const {
  const auto place = [](const std::vector<double>& v, double p) {
    const double step = (v.back() - v.front()) / static_cast<double>(v.size() - 1);
    return (p - v.front()) / step;
  };
  const double u = place(x, px), v = place(y, py);
  const double last_u = static_cast<double>(x.size() - 1);
  const double last_v = static_cast<double>(y.size() - 1);
  if (!(u >= 0.0 && u <= last_u && v >= 0.0 && v <= last_v)) return std::nullopt;
  const auto i = static_cast<std::size_t>(std::min(u, last_u - 1.0));
  const auto j = static_cast<std::size_t>(std::min(v, last_v - 1.0));
  const double a = u - static_cast<double>(i), b = v - static_cast<double>(j);
  const auto at = [&](std::size_t ii, std::size_t jj) { return z[jj * x.size() + ii]; };
  const double height = (1 - a) * (1 - b) * at(i, j) + a * (1 - b) * at(i + 1, j) +
                        (1 - a) * b * at(i, j + 1) + a * b * at(i + 1, j + 1);
  if (!std::isfinite(height)) return std::nullopt;
  return height;
}

Scene::Scene(const Panel& panel, const Placed& placed) : placed_(placed) {
  const double turn = panel.view.turn * M_PI / 180.0;
  const double tilt = std::clamp(panel.view.tilt, 0.0, 90.0) * M_PI / 180.0;
  cos_turn_ = std::cos(turn), sin_turn_ = std::sin(turn);
  cos_tilt_ = std::cos(tilt), sin_tilt_ = std::sin(tilt);
  if (panel.equal && !placed.x.log && !placed.y.log) {
    const double ratio =
        std::clamp((placed.y.high - placed.y.low) / (placed.x.high - placed.x.low), 0.2, 5.0);
    (ratio > 1.0 ? length_x_ : length_y_) = std::min(ratio, 1.0 / ratio);
  }

  // As large as the words around it allow.
  double left = 1e9, right = -1e9, low = 1e9, high = -1e9;
  for (int corner = 0; corner < 8; ++corner) {
    const Seen s = see({corner & 1 ? 1.0 : 0.0, corner & 2 ? 1.0 : 0.0, corner & 4 ? 1.0 : 0.0});
    left = std::min(left, s.right), right = std::max(right, s.right);
    low = std::min(low, s.up), high = std::max(high, s.up);
  }
  const auto lines = [&](const std::string& label) {
    return static_cast<double>(wrap(label, space_label_ems(placed.plot)).size());
  };
  const double below = std::max(lines(panel.x.label), lines(panel.y.label));
  // Seen from above, the second axis is the upright one.
  const double beside = std::max(lines(panel.z.label), tilt < 0.3 ? lines(panel.y.label) : 0.0);
  const double left_side = 30.0 + beside * kLabelSize * kLine, right_side = 26.0;
  const double above = 4.0, bottom = 24.0 + below * kLabelSize * kLine;
  const Rectangle& plot = placed.plot;
  const double wide = std::max(20.0, plot.width - left_side - right_side);
  const double tall = std::max(20.0, plot.height - above - bottom);
  scale_ = std::min(wide / (right - left), tall / (high - low));
  middle_ = {plot.left + left_side + 0.5 * wide - scale_ * 0.5 * (left + right),
             plot.top + above + 0.5 * tall + scale_ * 0.5 * (low + high)};
}

Scene::Seen Scene::see(const Spot& s) const {
  const double x = (s.x - 0.5) * length_x_, y = (s.y - 0.5) * length_y_;
  const double z = (s.z - 0.5) * kHeight;
  const double across = x * cos_turn_ - y * sin_turn_, away = x * sin_turn_ + y * cos_turn_;
  return {across, away * cos_tilt_ + z * sin_tilt_, z * cos_tilt_ - away * sin_tilt_};
}

Spot Scene::towards_eye(const Spot& s, double length) const {
  return {s.x - length * sin_tilt_ * sin_turn_ / length_x_,
          s.y - length * sin_tilt_ * cos_turn_ / length_y_, s.z + length * cos_tilt_ / kHeight};
}

Spot Scene::spot(double x, double y, double z) const {
  return {placed_.x.share(x), placed_.y.share(y), placed_.z.share(z)};
}

Dot Scene::at(const Spot& spot) const {
  const Seen s = see(spot);
  return {middle_.x + scale_ * s.right, middle_.y - scale_ * s.up};
}

std::optional<Sheet> Scene::sheet_of(const Surface& surface) const {
  const Grid& grid = surface.grid;
  if (grid.x.size() < 2 || grid.y.size() < 2) return std::nullopt;
  Sheet sheet;
  for (const double x : grid.x) sheet.x.push_back(placed_.x.share(x));
  for (const double y : grid.y) sheet.y.push_back(placed_.y.share(y));
  for (const double z : grid.z) {
    const double share = placed_.z.share(z);
    sheet.z.push_back(share >= -1e-6 && share <= 1.0 + 1e-6 ? share : std::nan(""));
  }
  return sheet;
}

bool Scene::hidden(const Spot& start) const {
  // A spot on the surface is not hidden by the place where it lies: the walk to the eye begins a
  // little off it, and what counts is a change of sides.
  constexpr double kStep = 0.01, kClear = 0.004;
  for (const Sheet& sheet : sheets_) {
    int side = 0;
    Spot s = towards_eye(start, 2.0 * kStep);
    for (; in_box({s.x, s.y, std::clamp(s.z, 0.0, 1.0)}) && s.z <= 1.1; s = towards_eye(s, kStep)) {
      const auto height = sheet.height_at(s.x, s.y);
      if (!height || std::abs(s.z - *height) < kClear) continue;
      const int now = s.z > *height ? 1 : -1;
      if (side == 0) side = now;
      if (now != side) return true;
    }
  }
  return false;
}

}  // namespace gyre::plot
