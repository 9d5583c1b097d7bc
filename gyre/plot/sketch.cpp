#include "gyre/plot/sketch.hpp"

#include <algorithm>
#include <cmath>

namespace gyre::plot {

namespace {
class Sketch {
 public:
  Sketch(const Panel& panel, const Placed& placed, Canvas& canvas, bool color)
      : panel_(panel), placed_(placed), canvas_(canvas), color_(color) {}

  void draw() {
    for (std::size_t i = 0; i < panel_.layers.size(); ++i)
      std::visit([&](const auto& layer) { under(layer, i); }, panel_.layers[i]);
    for (std::size_t i = 0; i < panel_.layers.size(); ++i)
      std::visit([&](const auto& layer) { lines(layer, placed_.looks[i]); }, panel_.layers[i]);
    if (!color_) letters();
    for (std::size_t i = 0; i < panel_.layers.size(); ++i)
      std::visit([&](const auto& layer) { over(layer, placed_.looks[i]); }, panel_.layers[i]);
  }

 private:
  void stroke(const Polyline& line, Rgb color, int on = 1, int period = 1) {
    for (const Polyline& part :
         clip(line, placed_.plot.width - 1e-6, placed_.plot.height - 1e-6, 0.0))
      canvas_.line(part, color, on, period);
  }

  void values(const Grid& grid, const Shading& shading, std::size_t layer) {
    if (grid.x.size() < 2 || grid.y.size() < 2) return;
    const Range range = shade_range(panel_.layers[layer]);
    const auto index = [](const std::vector<double>& v, const Range& axis, double share) {
      const double first = axis.share(v.front()), last = axis.share(v.back());
      return std::lround((share - first) / (last - first) * static_cast<double>(v.size() - 1));
    };
    for (int row = 0; row < canvas_.rows(); ++row)
      for (int column = 0; column < canvas_.columns(); ++column) {
        const long i = index(grid.x, placed_.x, (column + 0.5) / canvas_.columns());
        const long j = index(grid.y, placed_.y, 1.0 - (row + 0.5) / canvas_.rows());
        const long wide = static_cast<long>(grid.x.size()), high = static_cast<long>(grid.y.size());
        if (i < 0 || j < 0 || i >= wide || j >= high) continue;
        const double share = range.share(grid.z[static_cast<std::size_t>(j * wide + i)]);
        if (!std::isfinite(share)) continue;
        if (color_)
          canvas_.background(column, row, color_at(shading.map, share));
        else
          canvas_.glyph(column, row,
                        share < 0.2   ? " "
                        : share < 0.4 ? "░"
                        : share < 0.6 ? "▒"
                        : share < 0.8 ? "▓"
                                      : "█",
                        kFaint);
      }
  }
  void under(const Heat& heat, std::size_t i) { values(heat.grid, heat.shading, i); }
  void under(const Surface& surface, std::size_t i) { values(surface.grid, surface.shading, i); }
  void under(const Cells& cells, std::size_t) {
    constexpr const char* kShades[] = {"█", "▓", "▒", "░", " "};
    for (int row = 0; row < canvas_.rows(); ++row)
      for (int column = 0; column < canvas_.columns(); ++column) {
        const auto color = color_at_share(cells, placed_, (column + 0.5) / canvas_.columns(),
                                          1.0 - (row + 0.5) / canvas_.rows());
        if (!color) continue;
        if (color_) {
          canvas_.background(column, row, *color);
          continue;
        }
        const double light = 0.3 * color->red + 0.59 * color->green + 0.11 * color->blue;
        canvas_.glyph(column, row, kShades[std::min(static_cast<int>(light / 51.2), 4)], kFaint);
      }
  }
  void under(const auto&, std::size_t) {}

  Polyline path(const Line& line) const {
    Polyline dots;
    for (std::size_t k = 0; k < line.y.size(); ++k)
      dots.push_back(placed_.at(counted(line.x, k), line.y[k]));
    return dots;
  }
  void lines(const Line& line, const Look& look) { stroke(path(line), look.color); }
  void lines(const Band& band, const Look& look) {
    for (const auto* edge : {&band.low, &band.high}) {
      Polyline dots;
      for (std::size_t k = 0; k < edge->size(); ++k)
        dots.push_back(placed_.at(counted(band.x, k), (*edge)[k]));
      stroke(dots, look.color, 1, 3);
    }
  }
  void lines(const Circle& circle, const Look& look) {
    Polyline dots;
    for (int k = 0; k <= 180; ++k)
      dots.push_back(placed_.at(circle.x + circle.radius * std::cos(k * M_PI / 90.0),
                                circle.y + circle.radius * std::sin(k * M_PI / 90.0)));
    stroke(dots, look.color, 1, 3);
  }
  void lines(const Guide& guide, const Look& look) {
    const bool level = guide.across == Guide::Across::kHorizontal;
    const Dot place =
        placed_.at(level ? placed_.x.low : guide.at, level ? guide.at : placed_.y.low);
    if (level)
      stroke({{0.0, place.y}, {placed_.plot.width, place.y}}, look.color, 1, 3);
    else
      stroke({{place.x, 0.0}, {place.x, placed_.plot.height}}, look.color, 1, 3);
  }
  void lines(const Arrows& arrows, const Look& look) {
    double longest = 0.0;
    for (std::size_t k = 0; k < arrows.x.size(); ++k) {
      const double length = std::hypot(arrows.dx[k], arrows.dy[k]);
      if (std::isfinite(length)) longest = std::max(longest, length);
    }
    if (!(longest > 0.0)) return;
    const double room =
        std::sqrt(placed_.plot.width * placed_.plot.height / static_cast<double>(arrows.x.size()));
    for (std::size_t k = 0; k < arrows.x.size(); ++k) {
      const Dot middle = placed_.at(arrows.x[k], arrows.y[k]);
      const double half = 0.4 * room / longest;
      const Dot way{half * arrows.dx[k], -half * arrows.dy[k]};
      stroke({{middle.x - way.x, middle.y - way.y}, {middle.x + way.x, middle.y + way.y}},
             look.color);
    }
  }
  void lines(const Streamlines& flow, const Look&) {
    for (const auto& one : flow.paths) {
      Polyline dots;
      for (std::size_t k = 0; k < one.x.size(); ++k) dots.push_back(placed_.at(one.x[k], one.y[k]));
      stroke(dots, kColors[kBlue]);
    }
  }
  void lines(const auto&, const Look&) {}

  void letters() {
    int letter = 0;
    for (const Layer& layer : panel_.layers)
      if (const auto* line = std::get_if<Line>(&layer); line && !line->label.empty()) {
        const auto parts =
            clip(path(*line), placed_.plot.width - 1e-6, placed_.plot.height - 1e-6, 0.0);
        const auto name = std::string(1, static_cast<char>('a' + letter++ % 26));
        for (const Polyline& part : parts) {
          if (part.size() < 2) continue;
          const Dot& dot = part[part.size() * 2 / 3];
          canvas_.glyph(static_cast<int>(dot.x) / 2, static_cast<int>(dot.y) / 4, name, {});
          break;
        }
      }
  }

  void over(const Points& points, const Look& look) {
    for (std::size_t k = 0; k < points.y.size(); ++k) {
      const Dot dot = placed_.at(counted(points.x, k), points.y[k]);
      if (!placed_.inside(dot)) continue;
      canvas_.glyph(
          std::min(static_cast<int>(dot.x) / 2, canvas_.columns() - 1),
          std::min(static_cast<int>(dot.y) / 4, canvas_.rows() - 1),
          glyph_of(points.hollow && look.shape == Shape::kDisc ? Shape::kRing : look.shape),
          look.color);
    }
  }
  void over(const auto&, const Look&) {}

  const Panel& panel_;
  const Placed& placed_;
  Canvas& canvas_;
  bool color_;
};
}  // namespace

void sketch(const Panel& panel, const Placed& placed, Canvas& canvas, bool color) {
  Sketch(panel, placed, canvas, color).draw();
}

const char* glyph_of(Shape shape) {
  switch (shape) {
    case Shape::kRing:
      return "○";
    case Shape::kSquare:
      return "■";
    case Shape::kTriangle:
      return "▲";
    case Shape::kDiamond:
      return "◆";
    case Shape::kCross:
      return "×";
    case Shape::kPlus:
      return "+";
    case Shape::kStar:
      return "*";
    default:
      return "●";
  }
}

}  // namespace gyre::plot
