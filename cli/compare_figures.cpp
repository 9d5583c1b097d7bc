#include "cli/compare_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/analysis/rule_sets.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kInColour = plot::kCurveColors;
constexpr std::size_t kWithBands = 3;  // more of them would only lie over each other
constexpr std::size_t kInTerminal = 5;
constexpr double kFloor = 1e-10;  // below it a run has long settled, and a log axis needs an end

using Part = Curve Contender::*;

/// One quantity of the figures.
struct Quantity {
  const char *name, *label;
  Part part;
};
constexpr Quantity kQuantities[] = {
    {"distance", "distance to a solution", &Contender::distance_curve},
    {"residual", "residual (length of the field)", &Contender::residual_curve},
    {"gap", "duality gap", &Contender::gap_curve}};

/// Down to the floor, where a line ends: it has settled. What ran away is a gap.
std::vector<double> shown(const Curve& curve) {
  std::vector<double> values;
  bool settled = false;
  for (const Quartiles& q : curve.values) {
    values.push_back(settled || !std::isfinite(q.median) ? kUnknown : std::max(q.median, kFloor));
    settled = q.median <= kFloor;
  }
  return values;
}

void add_band(plot::Panel& panel, const std::vector<double>& x, const Curve& curve, plot::Ink ink) {
  plot::Band band{.ink = ink};
  band.ink.opacity = 0.16;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Quartiles& q = curve.values[i];
    const bool known = std::isfinite(q.low) && std::isfinite(q.high) && q.high > kFloor;
    band.x.push_back(x[i]);
    band.low.push_back(known ? std::max(q.low, kFloor) : kUnknown);
    band.high.push_back(known ? q.high : kUnknown);
  }
  panel.layers.push_back(std::move(band));
}

/// A curve's place on the x axis: calls, or microseconds.
std::vector<double> place(const Contender& c, const Curve& curve, bool time) {
  std::vector<double> x = curve.calls;
  if (time)
    for (double& calls : x) calls *= 1e6 * c.seconds_a_step / c.work_a_step;
  return x;
}

void bound(plot::Panel& panel, const std::vector<Contender>& ranking, Part part) {
  double high = 0.0, low = std::numeric_limits<double>::infinity();
  for (const Contender& c : ranking)
    for (const Quartiles& q : (c.*part).values) {
      if (std::isfinite(q.median)) low = std::min(low, std::max(q.low, kFloor));
      if (std::isfinite(q.median)) high = std::max(high, q.median);
    }
  // Those that run away must not press the others flat.
  double start = 0.0;
  for (const Contender& c : ranking)
    if (!(c.*part).values.empty()) start = std::max(start, (c.*part).values.front().high);
  if (start > 0.0) panel.y.high = std::min(std::max(high, start), 30.0 * start);
  if (std::isfinite(low)) panel.y.low = low;
}

plot::Panel panel_of(const ComparisonResult& result, const Quantity& quantity, bool time) {
  const bool to_others =
      quantity.part == &Contender::distance_curve && !result.targets.has_solutions();
  plot::Panel panel{
      .x = {.label = time ? "time of a run (µs)" : "field calls", .log = true},
      .y = {.label = to_others ? "distance to a critical point" : quantity.label, .log = true},
      .legend = plot::Legend::kNone};
  const auto& ranking = result.ranking;
  bound(panel, ranking, quantity.part);
  const std::size_t best = std::min(ranking.size(), kInColour);
  std::string others = ranking.size() > best + 1
                           ? fmt::format("the {} other rules", ranking.size() - best)
                           : "the other rule";
  for (std::size_t i = ranking.size(); i-- > best;) {
    const Curve& curve = ranking[i].*quantity.part;
    panel.layers.push_back(plot::Line{
        .label = std::exchange(others, {}),
        .x = place(ranking[i], curve, time),
        .y = shown(curve),
        .ink = {.color = plot::kGrey, .width = 0.8, .dash = plot::Dash::kSolid, .opacity = 0.45}});
  }
  for (std::size_t i = std::min(best, kWithBands); i-- > 0;) {
    const plot::Ink ink{.color = static_cast<int>(i), .dash = plot::Dash::kSolid};
    const Curve& curve = ranking[i].*quantity.part;
    add_band(panel, place(ranking[i], curve, time), curve, ink);
  }
  for (std::size_t i = 0; i < best; ++i) {
    // The better, the thicker and the lower: of rules that go the same way all are seen.
    const plot::Ink ink{.color = static_cast<int>(i),
                        .width = 4.0 - 0.4 * static_cast<double>(i),
                        .dash = plot::Dash::kSolid};
    const Curve& curve = ranking[i].*quantity.part;
    panel.layers.push_back(plot::Line{.label = fmt::format("{}. {}", i + 1, brief(ranking[i].rule)),
                                      .x = place(ranking[i], curve, time),
                                      .y = shown(curve),
                                      .ink = ink});
  }
  return panel;
}

}  // namespace

std::vector<std::pair<std::string, plot::Figure>> compare_figures(const Comparison& comparison,
                                                                  const ComparisonResult& result) {
  std::vector<std::pair<std::string, plot::Figure>> figures;
  if (result.ranking.empty()) return figures;
  const std::size_t best = std::min(result.ranking.size(), kInColour);
  const std::string rules =
      result.ranking.size() > best
          ? fmt::format("the best {} of {} rules", best, result.ranking.size())
          : fmt::format("{} rule{}", best, best == 1 ? "" : "s");
  const std::string starts =
      comparison.starts.size() == 1
          ? "from one start"
          : fmt::format("median over {} starts{}", comparison.starts.size(),
                        best > kWithBands ? fmt::format(", quartiles of the best {}", kWithBands)
                                          : " and quartiles");
  for (const Quantity& quantity : kQuantities) {
    if ((result.ranking.front().*quantity.part).values.empty()) continue;
    plot::Figure figure{
        .title = fmt::format("{}: {}, {}", game_spelling(comparison.game), rules, starts),
        .columns = 1,
        .width = 1100};
    figure.panels.push_back(panel_of(result, quantity, false));
    figure.panels.front().legend = plot::Legend::kRight;
    const bool timed = std::isfinite(result.ranking.front().seconds_a_step);
    if (timed) figure.panels.push_back(panel_of(result, quantity, true));
    figures.emplace_back(quantity.name, std::move(figure));
  }
  return figures;
}

plot::Panel compare_panel(const ComparisonResult& result) {
  if (result.ranking.empty()) return {};
  const Quantity& quantity = kQuantities[result.targets.by_distance() ? 0 : 1];
  plot::Panel panel{.x = {.label = "field calls", .log = true},
                    .y = {.label = quantity.label, .log = true}};
  bound(panel, result.ranking, quantity.part);
  for (std::size_t i = 0; i < std::min(result.ranking.size(), kInTerminal); ++i) {
    const Curve& curve = result.ranking[i].*quantity.part;
    panel.layers.push_back(
        plot::Line{.label = fmt::format("{}. {}", i + 1, brief(result.ranking[i].rule)),
                   .x = curve.calls,
                   .y = shown(curve),
                   .ink = {.color = static_cast<int>(i), .dash = plot::Dash::kSolid}});
  }
  return panel;
}

}  // namespace gyre::cli
