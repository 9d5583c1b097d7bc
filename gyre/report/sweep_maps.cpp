#include "gyre/report/sweep_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/contours.hpp"
#include "gyre/report/sweep_classes.hpp"
#include "gyre/sweep/arrays.hpp"
#include "gyre/sweep/boundary.hpp"

namespace gyre::report {

namespace {

using What = Movable::What;

constexpr std::uint64_t kMostCells = 2400;  // along an axis: twice as many pixels as a PNG has

bool keeps(const SweepPlan& plan, Quantity q) { return std::ranges::count(plan.keep, q) > 0; }

/// An axis of a map: even steps are drawn as they are, lists that have none by their numbers.
struct Shown {
  std::vector<double> places;
  plot::Axis axis;
};

bool is_even(const std::vector<double>& values, bool log) {
  if (values.size() < 2 || values[0] >= values[1] || (log && values[0] <= 0.0)) return false;
  const auto at = [&](std::size_t i) { return log ? std::log(values[i]) : values[i]; };
  const double step = (at(values.size() - 1) - at(0)) / static_cast<double>(values.size() - 1);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::abs(at(i) - at(0) - static_cast<double>(i) * step) > 0.25 * step) return false;
  return true;
}

Shown shown(const SweepPlan& plan, std::size_t axis, const std::vector<double>& values) {
  const Axis& a = plan.axes[axis];
  std::string label = a.name;
  const bool special = a.name == kRuleAxis || a.name == kRunAxis;
  if (!special && movable_named(a.name, plan.game, plan.rules.front()).what == What::kCoordinate)
    label = "start: " + a.name;
  if (!is_even(values, false) && is_even(values, true))
    return {values, {.label = std::move(label), .log = true}};
  if (a.listed.empty() || is_even(values, false)) return {values, {.label = std::move(label)}};
  std::vector<double> numbers;
  std::vector<std::string> which;
  for (std::size_t i = 0; i < values.size(); ++i) {
    numbers.push_back(static_cast<double>(i + 1));
    if (i < 8) which.push_back(a.words.empty() ? number(values[i]) : a.words[i]);
  }
  label += ": " + join(which, ", ") + (values.size() > 8 ? ", ..." : "");
  return {std::move(numbers), {.label = std::move(label)}};
}

/// What all maps of a sweep share.
class Maps {
 public:
  Maps(const SweepPlan& plan, const Attractors& attractors, const SweepSummary& summary,
       const std::filesystem::path& folder, std::size_t across, std::size_t up)
      : plan_(plan),
        attractors_(attractors),
        folder_(folder),
        classes_(sweep_classes(plan, attractors, summary)) {
    for (const Axis& axis : plan.axes) at_.push_back(axis.size() / 2);
    map_ = slice(plan, across, up, at_, kMostCells);
    x_ = shown(plan, across, map_.x);
    y_ = shown(plan, up, map_.y);
    title_ = game_spelling(plan.game);
    if (plan.rules.size() == 1) title_ += "  ·  " + plan.rules.front().text();
    for (std::size_t i = 0; i < plan.axes.size(); ++i)
      if (i != across && i != up && plan.axes[i].size() > 1)
        title_ += fmt::format("  ·  {} = {}", plan.axes[i].name,
                              plan.axes[i].words.empty() ? rounded(plan.axes[i].at(at_[i]), 4)
                                                         : plan.axes[i].words[at_[i]]);
  }

  /// Where runs end, in hues, and how long they take, in shades.
  plot::Figure outcome() {
    const SweepArray outcome(plan_, folder_, Quantity::kOutcome);
    const auto attractor = array(Quantity::kAttractor), steps = array(Quantity::kSteps);
    const auto rate = array(Quantity::kRate);
    std::vector<std::size_t> which;
    std::vector<std::vector<double>> logs(classes_.size());
    for (const std::uint64_t lane : map_.lanes) {
      const auto verdict = static_cast<Verdict>(static_cast<int>(outcome.at(lane)));
      which.push_back(class_of(classes_, verdict,
                               attractor ? static_cast<int>(attractor->at(lane)) : kNoAttractor,
                               trend_of(plan_, verdict, steps ? steps->at(lane) : 0.0,
                                        rate ? rate->at(lane) : kUnknown)));
      if (steps) logs[which.back()].push_back(std::log1p(steps->at(lane)));
    }
    std::vector<std::pair<double, double>> ends;  // of the steps of a class, but for a few
    for (auto& values : logs) ends.push_back(spread(values));
    plot::Cells cells{.x = x_.places, .y = y_.places, .colors = {}};
    cells.colors.reserve(which.size());
    for (std::size_t k = 0; k < which.size(); ++k) {
      const SweepClass& one = classes_[which[k]];
      const auto [low, high] = ends[which[k]];
      const double share =
          steps && high > low ? (std::log1p(steps->at(map_.lanes[k])) - low) / (high - low) : 0.5;
      cells.colors.emplace_back(shade(one, share));
    }
    plot::Panel panel = blank();
    panel.title = steps ? "where runs end; the darker, the more steps it takes" : "where runs end";
    panel.layers.emplace_back(std::move(cells));
    for (const SweepClass& one : classes_)
      panel.layers.emplace_back(
          plot::Points{.label = one.label,
                       .ink = {.own = fmt::format("#{:02x}{:02x}{:02x}", one.color.red,
                                                  one.color.green, one.color.blue)},
                       .shape = plot::Shape::kSquare,
                       .size = 12.0});
    add_theory(panel);
    add_places(panel);
    panel.legend = plot::Legend::kBelow;
    return figure(std::move(panel));
  }

  /// A number of every run as colours.
  plot::Figure values(Quantity q, plot::Shading shading, const std::string& title) {
    const SweepArray numbers(plan_, folder_, q), outcome(plan_, folder_, Quantity::kOutcome);
    plot::Heat heat{.grid = {.x = x_.places, .y = y_.places, .z = {}},
                    .shading = std::move(shading)};
    std::vector<double> seen;
    for (const std::uint64_t lane : map_.lanes) {
      const double v = numbers.at(lane);
      const auto verdict = static_cast<Verdict>(static_cast<int>(outcome.at(lane)));
      const bool counts = q == Quantity::kRate    ? verdict == Verdict::kSettled && v > 0.0
                          : q == Quantity::kSteps ? v < static_cast<double>(plan_.steps)
                          : q == Quantity::kExit  ? v < 4294967295.0
                                                  : true;
      heat.grid.z.push_back(counts ? v : kUnknown);
      if (counts && std::isfinite(v)) seen.push_back(v);
    }
    if (!seen.empty()) {
      const auto [low, high] = spread(seen);
      if (low < high) heat.shading.low = low, heat.shading.high = high;
    }
    plot::Panel panel = blank();
    panel.title = title;
    panel.layers.emplace_back(std::move(heat));
    add_theory(panel);
    add_places(panel);
    panel.legend = plot::Legend::kBelow;
    return figure(std::move(panel));
  }

  /// Whether enough runs have this number to draw it.
  bool worth_drawing(Quantity q) const {
    if (!keeps(plan_, q)) return false;
    const SweepArray numbers(plan_, folder_, q);
    const auto known = std::ranges::count_if(map_.lanes, [&](std::uint64_t lane) {
      const double v = numbers.at(lane);
      return std::isfinite(v) && v < 4294967295.0;
    });
    return static_cast<std::size_t>(known) * 50 > map_.lanes.size();
  }

 private:
  std::unique_ptr<SweepArray> array(Quantity q) const {
    return keeps(plan_, q) ? std::make_unique<SweepArray>(plan_, folder_, q) : nullptr;
  }

  /// From the second hundredth of the values to the last but two.
  static std::pair<double, double> spread(std::vector<double>& values) {
    if (values.empty()) return {0.0, 0.0};
    const auto at = [&](double share) {
      const auto place = values.begin() + static_cast<std::ptrdiff_t>(
                                              share * static_cast<double>(values.size() - 1));
      std::ranges::nth_element(values, place);
      return *place;
    };
    const double low = at(0.02);
    return {low, at(0.98)};
  }

  /// The place in the point of an axis that moves a coordinate.
  std::optional<std::size_t> coordinate(std::size_t axis) const {
    if (plan_.axes[axis].name == kRuleAxis || plan_.axes[axis].name == kRunAxis) return {};
    const Movable m = movable_named(plan_.axes[axis].name, plan_.game, plan_.rules.front());
    return m.what == What::kCoordinate ? std::optional(m.index) : std::nullopt;
  }

  plot::Panel blank() const {
    plot::Panel panel{.x = x_.axis, .y = y_.axis};
    panel.equal = coordinate(map_.across) && coordinate(map_.up);
    return panel;
  }

  /// In a plane of starts: where the attractors lie.
  void add_places(plot::Panel& panel) const {
    const auto i = coordinate(map_.across), j = coordinate(map_.up);
    if (!i || !j) return;
    constexpr const char *kWhite = "#ffffff", *kDark = "#10131c";
    for (const Attractors::Cycle& cycle : attractors_.cycles) {
      plot::Line line{.ink = {.own = kDark, .width = 1.6, .dash = plot::Dash::kSolid}};
      plot::Points dots{.ink = {.own = kDark}, .size = 5.0};
      for (const std::vector<double>& p : cycle.places) {
        (cycle.closed_curve ? line.x : dots.x).push_back(p[*i]);
        (cycle.closed_curve ? line.y : dots.y).push_back(p[*j]);
      }
      if (!dots.x.empty()) panel.layers.emplace_back(std::move(dots));
      if (line.x.empty()) continue;
      line.x.push_back(line.x.front());
      line.y.push_back(line.y.front());
      plot::Line halo = line;
      halo.ink = {.own = kWhite, .width = 3.4, .dash = plot::Dash::kSolid, .opacity = 0.8};
      panel.layers.emplace_back(std::move(halo));
      panel.layers.emplace_back(std::move(line));
    }
    plot::Points points{.label = attractors_.points.empty() ? "" : "critical point",
                        .ink = {.own = kDark},
                        .size = 9.0,
                        .hollow = true};
    for (const std::vector<double>& p : attractors_.points) {
      points.x.push_back(p[*i]);
      points.y.push_back(p[*j]);
    }
    panel.layers.emplace_back(std::move(points));
    frame(panel.x, x_.places);
    frame(panel.y, y_.places);
  }

  /// The axis ends with the outermost cells, whatever lies beyond.
  static void frame(plot::Axis& axis, const std::vector<double>& places) {
    const double half = 0.5 * (places[1] - places[0]);
    axis.low = places.front() - half, axis.high = places.back() + half;
  }

  /// Where the radius of the update map is one.
  void add_theory(plot::Panel& panel) {
    if (!looked_) {
      SweepLanes lanes(plan_);
      theory_ = radius_map(plan_, lanes, map_.across, map_.up);
      looked_ = true;
    }
    if (!theory_ || theory_->x.size() < 2 || theory_->y.size() < 2) return;
    const auto along = [](const std::vector<double>& values, bool log, double place) {
      const auto i = std::min(static_cast<std::size_t>(place), values.size() - 2);
      const double rest = place - static_cast<double>(i);
      if (log) return values[i] * std::pow(values[i + 1] / values[i], rest);
      return values[i] + (values[i + 1] - values[i]) * rest;
    };
    const std::string label =
        "theory: radius 1" +
        (theory_->point_moves ? std::string(" at the equilibrium") : " at " + text(theory_->at));
    bool first = true;
    for (const auto& dots : plot::contour(theory_->radius, theory_->x.size(), 0.0)) {
      plot::Line line{
          .ink = {.own = "#ffffff", .width = 5.0, .dash = plot::Dash::kSolid, .opacity = 0.9}};
      for (const auto& dot : dots) {
        line.x.push_back(along(theory_->x, x_.axis.log, dot.x));
        line.y.push_back(along(theory_->y, y_.axis.log, dot.y));
      }
      panel.layers.emplace_back(line);
      line.ink = {.own = "#c2185b", .width = 2.4, .dash = plot::Dash::kSolid};
      if (first) line.label = label;
      first = false;
      panel.layers.emplace_back(std::move(line));
    }
  }

  static std::string text(const std::vector<double>& at) {
    std::vector<std::string> numbers;
    for (const double v : at) numbers.push_back(rounded(std::abs(v) < 5e-7 ? 0.0 : v, 3));
    return "(" + join(numbers, ", ") + ")";
  }

  plot::Figure figure(plot::Panel panel) const {
    constexpr int kSquare = 720, kWide = 860;
    return {.title = title_,
            .panels = {std::move(panel)},
            .width = coordinate(map_.across) && coordinate(map_.up) ? kSquare : kWide};
  }

  const SweepPlan& plan_;
  const Attractors& attractors_;
  const std::filesystem::path& folder_;
  std::vector<SweepClass> classes_;
  std::vector<std::uint64_t> at_;
  Slice map_;
  Shown x_, y_;
  std::string title_;
  bool looked_ = false;
  std::optional<RadiusMap> theory_;
};

}  // namespace

std::vector<std::pair<std::string, plot::Figure>> sweep_maps(const SweepPlan& plan,
                                                             const Attractors& attractors,
                                                             const SweepSummary& summary,
                                                             const std::filesystem::path& folder) {
  std::vector<std::size_t> wide;
  for (std::size_t i = 0; i < plan.axes.size(); ++i)
    if (plan.axes[i].size() > 1) wide.push_back(i);
  std::vector<std::pair<std::string, plot::Figure>> figures;
  if (wide.size() < 2) return figures;
  Maps maps(plan, attractors, summary, folder, wide[0], wide[1]);
  figures.emplace_back("outcome", maps.outcome());
  if (maps.worth_drawing(Quantity::kSteps))
    figures.emplace_back("steps", maps.values(Quantity::kSteps, {.label = "steps", .log = true},
                                              "steps until the outcome is known"));
  if (maps.worth_drawing(Quantity::kRate))
    figures.emplace_back("rate",
                         maps.values(Quantity::kRate, {.label = "factor a step"},
                                     "by what a step multiplies the distance, near the end"));
  if (maps.worth_drawing(Quantity::kPeriod))
    figures.emplace_back("period", maps.values(Quantity::kPeriod, {.label = "steps a turn"},
                                               "period of the cycles"));
  if (maps.worth_drawing(Quantity::kExit))
    figures.emplace_back("exit", maps.values(Quantity::kExit, {.label = "step", .log = true},
                                             "first step outside the box"));
  return figures;
}

}  // namespace gyre::report
