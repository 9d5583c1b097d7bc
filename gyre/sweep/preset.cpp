#include "gyre/sweep/preset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/analysis/step_sizes.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/sweep/names.hpp"

namespace gyre {

namespace {

using What = Movable::What;

constexpr std::uint64_t kFine = 400;

bool has(const SweepPlan& plan, const Movable& m) {
  return std::ranges::any_of(plan.axes, [&](const Axis& axis) {
    return movable_named(axis.name, plan.game, plan.rules.front()).full == m.full;
  });
}

/// Ends that people can read.
double short_number(double value) {
  constexpr int kDigits = 3;
  return to_number(rounded(value, kDigits)).value_or(value);
}

/// Adds an axis while there is room for it and nothing else moves the same.
void offer(SweepPlan& plan, const Movable& m, double low, double high, bool log) {
  if (plan.axes.size() >= 2 || has(plan, m)) return;
  plan.axes.push_back({.name = m.full,
                       .low = short_number(low),
                       .high = short_number(high),
                       .count = kFine,
                       .log = log});
}

Movable coordinate(const SweepPlan& plan, std::size_t i) {
  return movable_named("start." + plan.game.coordinates[i].name, plan.game, plan.rules.front());
}

void offer_coordinate(SweepPlan& plan, std::size_t i) {
  const auto [low, high] = default_box(plan.game)[i];
  offer(plan, coordinate(plan, i), low, high, false);
}

std::optional<Movable> step_size(const SweepPlan& plan, const Traced& traced) {
  const auto knob = step_size_knob(traced);
  if (!knob) return std::nullopt;
  return movable_named(traced.knobs[*knob].name, plan.game, plan.rules.front());
}

/// From a hundredth of the step size up to which the point attracts to four times it.
void offer_step_size(SweepPlan& plan, const std::optional<std::vector<double>>& at) {
  const Traced traced = trace(plan.game, plan.rules.front());
  const auto m = step_size(plan, traced);
  if (!m)
    throw Error(fmt::format("{} has no step size to put on an axis; name two axes with --axis",
                            plan.rules.front().text()));
  double limit = 0.5;
  if (at)
    if (const auto sizes = step_sizes(traced, *at))
      if (sizes->eta_limit > 1e-6 && sizes->eta_limit < 1e3) limit = sizes->eta_limit;
  const double decade = std::pow(10.0, std::floor(std::log10(limit)));
  const double round = std::ceil(limit / decade) * decade;  // one digit: "0.7"
  offer(plan, *m, round / 100.0, 4.0 * round, true);
}

/// A window of a parameter's range about its value.
void offer_window(SweepPlan& plan, const Movable& m, double value, const Range& range) {
  constexpr double kShort = 10.0;
  double low = range.low, high = range.high;
  if (range.logarithmic) {
    const double middle = value > 0.0 ? value : 1.0;
    low = std::max(low, middle / 100.0), high = std::min(high, middle * 100.0);
    if (low > 0.0) return offer(plan, m, low, high, true);
  }
  if (!(high - low <= kShort)) {
    const double half = 2.0 * std::max(std::abs(value), 1.0);
    low = std::max(low, value - half), high = std::min(high, value + half);
  } else if (std::abs(low) < 1.0 && std::abs(low) > 0.99 && std::abs(high) > 0.99) {
    low *= 0.98, high *= 0.98;  // open ends, where nothing can be seen
  }
  offer(plan, m, low, high, false);
}

/// A number of the rule other than its step size, if it has one.
bool offer_of_rule(SweepPlan& plan) {
  const Pipe& rule = plan.rules.front();
  const Traced traced = trace(plan.game, rule);
  const auto eta = step_size(plan, traced);
  for (const Movable& m : movables(plan.game, rule)) {
    if (m.what != What::kRule || (eta && m.full == eta->full)) continue;
    const auto knob = std::ranges::find(traced.knobs, m.name, &Knob::name);
    if (knob == traced.knobs.end()) continue;
    offer_window(plan, m, knob->value, m.range);
    return true;
  }
  return false;
}

bool offer_of_game(SweepPlan& plan) {
  if (plan.game.parameters.empty()) return false;
  const Parameter& p = plan.game.parameters.front();
  const double spread = std::max(std::abs(p.value), 1.0);
  offer_window(plan, movable_named("game." + p.name, plan.game, plan.rules.front()), p.value,
               p.range.value_or(Range{p.value - spread, p.value + spread}));
  return true;
}

void start_beside(SweepPlan& plan, const std::vector<double>& at) {
  constexpr double kBeside = 0.01;
  const Box box = default_box(plan.game);
  plan.start = at;
  for (std::size_t i = 0; i < at.size(); ++i)
    plan.start[i] += kBeside * (box[i][1] - box[i][0]) * (i % 2 == 0 ? 0.6 : 0.8);
}

}  // namespace

std::string_view to_string(Preset preset) {
  constexpr std::string_view kNames[] = {"basin", "stability", "robustness"};
  return kNames[static_cast<std::size_t>(preset)];
}

std::string_view usual_rule(Preset preset) {
  return preset == Preset::kStability ? "momentum | simultaneous" : "simultaneous";
}

std::optional<std::vector<double>> point_of_interest(const Game& game) {
  const std::vector<std::vector<double>> starts{default_start(game, 1)};
  const auto points = reference_points(game, starts);
  if (points.empty()) return std::nullopt;
  const auto worth = [&](const std::vector<double>& at) {
    const PointReport report = classify(game, at);
    return 2 * (report.kind != PointClass::kNone) + (report.flow == Flow::kAttracting);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (worth(points[i]) > worth(points[best])) best = i;
  return points[best];
}

void apply(Preset preset, SweepPlan& plan) {
  if (preset == Preset::kBasin) {
    for (std::size_t i = 0; i < std::min<std::size_t>(plan.game.dim(), 2); ++i)
      offer_coordinate(plan, i);
    return;
  }
  const auto at = point_of_interest(plan.game);
  if (preset == Preset::kStability) {
    if (!at && plan.start.empty())
      throw Error(
          "no critical point is known here, and stability is about one; name one with "
          "--start, or axes with --axis");
    if (!offer_of_rule(plan) && !offer_of_game(plan)) offer_coordinate(plan, 0);
    if (plan.start.empty()) start_beside(plan, *at);
  } else if (!offer_of_game(plan)) {
    offer_coordinate(plan, 0);
  }
  offer_step_size(plan, at);
}

}  // namespace gyre
