#include "gyre/report/phase.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "gyre/analysis/flow.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/assert.hpp"
#include "gyre/plot/contours.hpp"
#include "gyre/plot/streamlines.hpp"

namespace gyre::report {

namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kCycleColor = "#D5005E";
constexpr const char* kPartingColor = "#111111";

/// Adds to a line, with a gap before what is no continuation.
void append(plot::Line& line, std::span<const double> x, std::span<const double> y) {
  if (!line.x.empty()) line.x.push_back(kGap), line.y.push_back(kGap);
  line.x.insert(line.x.end(), x.begin(), x.end());
  line.y.insert(line.y.end(), y.begin(), y.end());
}

class Draft {
 public:
  Draft(const Game& game, const Portrait& portrait)
      : game_(game), portrait_(portrait), section_(portrait.section), flow_(game) {
    if (section_.at.empty()) section_.at.assign(game.dim(), 0.0);
    GYRE_ASSERT(section_.at.size() == game.dim() && section_.x != section_.y);
    const auto& [x, y] = portrait.box;
    box_ = {x[0], x[1], y[0], y[1]};
    size_ = std::max(x[1] - x[0], y[1] - y[0]);
  }

  plot::Figure finish() {
    panel_.x = {
        .label = game_.coordinates[section_.x].name, .low = box_.x_low, .high = box_.x_high};
    panel_.y = {
        .label = game_.coordinates[section_.y].name, .low = box_.y_low, .high = box_.y_high};
    const double ratio = (box_.y_high - box_.y_low) / (box_.x_high - box_.x_low);
    panel_.equal = ratio > 0.4 && ratio < 2.5;
    panel_.legend = plot::Legend::kAbove;
    panel_.title = held();
    streamlines();
    nullclines();
    if (game_.dim() == 2) separatrices();
    cycles();
    paths();
    points();
    const std::string name = game_spelling(game_);
    return {.title = (game_.title.empty() ? name : game_.title) + ": paths of the gradient flow",
            .panels = {std::move(panel_)},
            .width = 720};
  }

 private:
  std::vector<double> place(double x, double y) const {
    std::vector<double> w = section_.at;
    w[section_.x] = x, w[section_.y] = y;
    return w;
  }

  std::pair<double, double> velocity(double x, double y) {
    std::vector<double> v(game_.dim());
    flow_.velocity(place(x, y), v);
    return {v[section_.x], v[section_.y]};
  }

  /// What the section holds where: "where z = 1, u = 0".
  std::string held() const {
    constexpr std::size_t kMostNamed = 4;
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < game_.dim(); ++i) {
      if (i == section_.x || i == section_.y || ++count > kMostNamed) continue;
      names += fmt::format("{}{} = {:.4g}", count == 1 ? "where " : ", ", game_.coordinates[i].name,
                           section_.at[i]);
    }
    return count > kMostNamed ? names + ", ..." : names;
  }

  /// Whether a point lies in the section and not only above it.
  bool in_section(const std::vector<double>& w) const {
    for (std::size_t i = 0; i < w.size(); ++i)
      if (i != section_.x && i != section_.y && std::abs(w[i] - section_.at[i]) > 1e-6 * size_)
        return false;
    return true;
  }

  bool in_box(double x, double y, double slack) const {
    const double sx = slack * (box_.x_high - box_.x_low), sy = slack * (box_.y_high - box_.y_low);
    return x >= box_.x_low - sx && x <= box_.x_high + sx && y >= box_.y_low - sy &&
           y <= box_.y_high + sy;
  }

  /// Colours span the speeds that are seen, but for the slowest: those are near critical points.
  void streamlines() {
    constexpr double kDensity = 26.0;
    plot::Streamlines lines =
        plot::streamlines([this](double x, double y) { return velocity(x, y); }, box_, kDensity);
    std::vector<double> speeds;
    for (const auto& path : lines.paths)
      for (const double v : path.value)
        if (std::isfinite(v)) speeds.push_back(v);
    std::ranges::sort(speeds);
    lines.width = 1.2;
    lines.shading.label = "speed of the flow";
    if (!speeds.empty() && speeds.back() > 0.0) {
      const auto quantile = [&](double q) {
        return speeds[static_cast<std::size_t>(q * static_cast<double>(speeds.size() - 1))];
      };
      const double low = quantile(0.02), high = quantile(0.98);
      if (low > 0.0 && high > 15.0 * low) lines.shading.log = true;
      if (high > low) {
        lines.shading.low = lines.shading.log ? std::max(low, 1e-4 * high) : 0.0;
        lines.shading.high = high;
      }
    }
    panel_.layers.push_back(std::move(lines));
  }

  /// Where one of the two does not move.
  void nullclines() {
    constexpr int kPoints = 201;
    const std::array<std::size_t, 2> which{section_.x, section_.y};
    for (std::size_t k = 0; k < 2; ++k) {
      const plot::Grid grid = plot::sample(
          [&](double x, double y) {
            const auto [u, v] = velocity(x, y);
            return k == 0 ? u : v;
          },
          box_, kPoints, kPoints);
      plot::Line line{.label = game_.coordinates[which[k]].name + " stands still",
                      .ink = {.own = "#555555",
                              .width = 1.6,
                              .dash = k == 0 ? plot::Dash::kDotted : plot::Dash::kDashDot}};
      for (const plot::Polyline& part : plot::contour(grid.z, grid.x.size(), 0.0)) {
        std::vector<double> x, y;
        for (const plot::Dot& dot : part) {
          x.push_back(std::lerp(box_.x_low, box_.x_high, dot.x / (kPoints - 1)));
          y.push_back(std::lerp(box_.y_low, box_.y_high, dot.y / (kPoints - 1)));
        }
        append(line, x, y);
      }
      if (!line.x.empty()) panel_.layers.push_back(std::move(line));
    }
  }

  /// Follows a path until it leaves the box, comes to rest or the time is over, and adds it with
  /// places close enough to look smooth.
  void follow(plot::Line& line, const Velocity& velocity, std::vector<double> from,
              double duration) {
    constexpr int kMostSteps = 5000;
    constexpr double kFine = 0.01, kStill = 1e-5;
    std::vector<double> x{from[section_.x]}, y{from[section_.y]};
    FlowPath path(velocity, std::move(from), 1e-9);
    double fastest = 0.0;
    for (int i = 0; i < kMostSteps && path.time() < duration && path.step(); ++i) {
      const double end = std::min(path.time(), duration);
      const double moved =
          std::hypot(path.at()[section_.x] - x.back(), path.at()[section_.y] - y.back());
      const int parts = std::clamp(static_cast<int>(moved / (kFine * size_)), 1, 40);
      for (int part = 1; part <= parts; ++part) {
        const std::vector<double> w =
            path.within(std::lerp(path.time_before(), end, static_cast<double>(part) / parts));
        x.push_back(w[section_.x]);
        y.push_back(w[section_.y]);
      }
      const double speed = std::hypot(path.velocity()[section_.x], path.velocity()[section_.y]);
      fastest = std::max(fastest, speed);
      if (!in_box(x.back(), y.back(), 0.05) || speed < kStill * fastest) break;
    }
    append(line, x, y);
  }

  void separatrices() {
    constexpr double kOff = 1e-5;
    constexpr double kEver = 1e9;
    plot::Line into{.label = "into a saddle",
                    .ink = {.own = kPartingColor, .width = 2.4, .dash = plot::Dash::kSolid}};
    plot::Line out{.label = "out of a saddle",
                   .ink = {.own = kPartingColor, .width = 1.8, .dash = plot::Dash::kDashed}};
    for (const PhasePoint& point : portrait_.points) {
      if (point.flow != Flow::kSaddle || !in_box(point.at[0], point.at[1], 0.0)) continue;
      const Eigen::EigenSolver<Eigen::MatrixXd> solver(flow_.slopes(point.at));
      for (Eigen::Index k = 0; k < 2; ++k) {
        const Eigen::Vector2d way = solver.eigenvectors().col(k).real();
        const bool leaves = solver.eigenvalues()[k].real() > 0.0;
        for (const double sign : {1.0, -1.0}) {
          const double off = sign * kOff * size_;
          follow(leaves ? out : into, leaves ? flow_.forward() : flow_.backward(),
                 {point.at[0] + off * way[0], point.at[1] + off * way[1]}, kEver);
        }
      }
    }
    for (plot::Line* line : {&into, &out})
      if (!line->x.empty()) panel_.layers.push_back(std::move(*line));
  }

  void cycles() {
    constexpr double kTiny = 0.02;
    for (const Cycle& cycle : portrait_.cycles) {
      const bool attracts = cycle.kind == CycleKind::kAttracting;
      const auto& x = cycle.extent[section_.x];
      const auto& y = cycle.extent[section_.y];
      const bool tiny = std::max(x[1] - x[0], y[1] - y[0]) < kTiny * size_;
      plot::Line line{.label = fmt::format("{} cycle, period {:.3g}{}", to_string(cycle.kind),
                                           cycle.period, tiny ? ", too small to see" : ""),
                      .ink = {.own = kCycleColor,
                              .width = 3.4,
                              .dash = attracts ? plot::Dash::kSolid : plot::Dash::kDashed}};
      // Against time where the cycle repels, so that rounding does not carry the path away.
      const bool repels = cycle.kind == CycleKind::kRepelling;
      follow(line, repels ? flow_.backward() : flow_.forward(), cycle.at, cycle.period);
      panel_.layers.push_back(std::move(line));
    }
  }

  void paths() {
    plot::Points start{
        .label = "start", .ink = {.own = "#8A8A8A"}, .shape = plot::Shape::kDisc, .size = 8.0};
    for (const PhasePath& path : portrait_.paths) {
      plot::Line line{.label = path.label, .ink = {.width = 1.8, .dash = plot::Dash::kSolid}};
      for (const std::vector<double>& w : path.points) {
        line.x.push_back(w[section_.x]);
        line.y.push_back(w[section_.y]);
      }
      if (line.x.empty()) continue;
      start.x.push_back(line.x.front());
      start.y.push_back(line.y.front());
      panel_.layers.push_back(std::move(line));
    }
    if (!start.x.empty()) panel_.layers.push_back(std::move(start));
  }

  static std::string name_of(const PhasePoint& point) {
    constexpr std::array<const char*, 4> kKinds{"local Nash", "degenerate Nash", "local minimax",
                                                "no equilibrium"};
    return fmt::format("{}, {}", kKinds[static_cast<std::size_t>(point.kind)],
                       to_string(point.flow));
  }

  void points() {
    constexpr std::array kShapes{plot::Shape::kDisc, plot::Shape::kSquare, plot::Shape::kDiamond,
                                 plot::Shape::kTriangle};
    std::map<std::pair<PointClass, Flow>, plot::Points> groups;
    for (const PhasePoint& point : portrait_.points) {
      if (!in_section(point.at)) continue;
      if (!in_box(point.at[section_.x], point.at[section_.y], 0.0)) continue;
      plot::Points& group = groups[{point.kind, point.flow}];
      group.label = name_of(point);
      group.shape = kShapes[static_cast<std::size_t>(point.kind)];
      group.hollow = point.flow != Flow::kAttracting;
      group.ink = {.color = plot::kBlack};
      group.size = 11.0;
      group.x.push_back(point.at[section_.x]);
      group.y.push_back(point.at[section_.y]);
    }
    for (auto& [kind, group] : groups) panel_.layers.push_back(std::move(group));
  }

  const Game& game_;
  const Portrait& portrait_;
  Section section_;
  GradientFlow flow_;
  plot::Box box_;
  double size_ = 1.0;
  plot::Panel panel_;
};

}  // namespace

plot::Figure phase_figure(const Game& game, const Portrait& portrait) {
  return Draft(game, portrait).finish();
}

}  // namespace gyre::report
