#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/train_dynamics.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/run_record.hpp"

namespace gyre::cli {

namespace {

using namespace plot;
using gan::Look;

constexpr std::array kPlayers{"generator", "discriminator"};
constexpr std::array kInks{kBlue, kVermillion};
constexpr double kFewTurns = 6.0;

std::vector<double> steps_of(const std::vector<Look>& looks) {
  std::vector<double> steps;
  for (const Look& look : looks) steps.push_back(static_cast<double>(look.step));
  return steps;
}

Ink solid(int color, double width = 1.6) {
  return {.color = color, .width = width, .dash = Dash::kSolid};
}

/// A number of both players over the steps, from a step on.
Panel both(std::string title, const std::vector<Look>& looks, double from,
           std::array<double, 2> Look::*member, bool log) {
  Panel panel{.title = std::move(title), .x = {.label = "step"}, .y = {.log = log}};
  for (const std::size_t p : {0, 1}) {
    Line line{.label = kPlayers[p], .ink = solid(kInks[p])};
    for (const Look& look : looks) {
      if (static_cast<double>(look.step) < from) continue;
      line.x.push_back(static_cast<double>(look.step));
      line.y.push_back((look.*member)[p]);
    }
    panel.layers.emplace_back(std::move(line));
  }
  return panel;
}

Panel orbit(std::string title, const gan::Plane& plane, std::vector<double> steps) {
  auto direction = [&](const char* which, double share) {
    return fmt::format("{} principal direction ({:.0f} %)", which, 100.0 * share);
  };
  Panel panel{.title = std::move(title),
              .x = {.label = direction("1st", plane.share[0])},
              .y = {.label = direction("2nd", plane.share[1])}};
  const double x = plane.x.back(), y = plane.y.back(), x0 = plane.x.front(), y0 = plane.y.front();
  panel.layers.emplace_back(Streamlines{.paths = {{plane.x, plane.y, std::move(steps)}},
                                        .shading = {.label = "step"},
                                        .width = 1.4,
                                        .heads = false});
  panel.layers.emplace_back(
      Points{.label = "first", .x = {x0}, .y = {y0}, .ink = {.color = kBlack}, .hollow = true});
  panel.layers.emplace_back(
      Points{.label = "last", .x = {x}, .y = {y}, .ink = {.color = kVermillion}});
  return panel;
}

Panel spectra(const std::vector<Look>& looks) {
  Panel panel{.title = "leading eigenvalues of the game's Jacobian",
              .x = {.label = "real part: draws in (+), pushes out (-)"},
              .y = {.label = "imaginary part: turns"}};
  panel.layers.emplace_back(Guide{.at = 0.0, .across = Guide::Across::kVertical});
  std::vector<const Look*> seen;
  for (const Look& look : looks)
    if (look.spectrum && !look.spectrum->eigenvalues.empty()) seen.push_back(&look);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const bool first = i == 0, last = i + 1 == seen.size();
    const double share =
        seen.size() > 1 ? static_cast<double>(i) / static_cast<double>(seen.size() - 1) : 1.0;
    const Rgb color = color_at(Map::kSequential, share);
    Points points{
        .ink = {.own = fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)},
        .size = last ? 9.0 : 6.0};
    if (first || last) points.label = fmt::format("step {}", seen[i]->step);
    for (const auto& e : seen[i]->spectrum->eigenvalues)
      points.x.push_back(e.real()), points.y.push_back(e.imag());
    panel.layers.emplace_back(std::move(points));
  }
  return panel;
}

Panel periodogram(const gan::DynamicsVerdict& verdict, double steps_a_look) {
  const gan::Oscillation& o = verdict.oscillation;
  Panel panel{
      .title = (verdict.period > 0.0 ? "periods in the " : "no period in the ") + verdict.series,
      .x = {.label = "period [steps]", .log = true},
      .y = {.label = "share of the variance", .log = true}};
  std::vector<double> periods;
  for (const double p : o.periods) periods.push_back(p * steps_a_look);
  const double most = *std::max_element(o.power.begin(), o.power.end());
  panel.y.low = 1e-6 * most;
  panel.layers.emplace_back(
      Line{.label = "the series", .x = periods, .y = o.power, .ink = solid(kBlue)});
  panel.layers.emplace_back(Line{.label = "noise, 1 in 1000",
                                 .x = periods,
                                 .y = o.threshold,
                                 .ink = {.color = kGrey, .width = 1.6, .dash = Dash::kDashed}});
  if (verdict.period > 0.0)
    panel.layers.emplace_back(Guide{.label = fmt::format("{} steps", gan::in_steps(verdict.period)),
                                    .at = verdict.period,
                                    .across = Guide::Across::kVertical,
                                    .ink = {.color = kVermillion, .dash = Dash::kDotted}});
  return panel;
}

Panel path_angle(const gan::PathAngle& angle) {
  Panel panel{.title = "path angle",
              .x = {.label = "from the first weights (0) to the last (1)"},
              .y = {.label = "cosine of field and path", .low = -1.05, .high = 1.05}};
  panel.layers.emplace_back(Guide{.at = 0.0});
  panel.layers.emplace_back(Guide{.at = 1.0, .across = Guide::Across::kVertical});
  panel.layers.emplace_back(Line{.x = angle.at, .y = angle.cosine, .ink = solid(kBlue, 2.0)});
  return panel;
}

/// The quality that the verdict speaks of.
void add_quality(Figure& figure, const std::vector<gan::Row>& rows) {
  if (rows.size() < 2) return;
  std::size_t best = rows.front().metrics.size(), rank = rank_of_metric("");
  for (std::size_t m = 0; m < rows.front().metrics.size(); ++m)
    if (const std::size_t its = rank_of_metric(rows.front().metrics[m].first); its < rank)
      best = m, rank = its;
  if (best == rows.front().metrics.size()) return;
  const std::string& name = rows.front().metrics[best].first;
  Line line{.ink = solid(kGreen)};
  for (const gan::Row& row : rows) {
    line.x.push_back(static_cast<double>(row.step));
    line.y.push_back(row.metrics[best].second);
  }
  const bool higher = better(name) >= 0;
  figure.panels.push_back(
      {.title = fmt::format("quality: {} ({} is better)", name, higher ? "higher" : "lower"),
       .x = {.label = "step"},
       .layers = {std::move(line)}});
}

}  // namespace

Figure dynamics_figure(const gan::Settings& settings, const DynamicsReport& report,
                       const std::vector<gan::Row>& rows) {
  Figure figure{.title = (settings.title.empty() ? settings.name : settings.title) + "\n" +
                         report.verdict.words};
  const std::vector<Look>& looks = report.looks;
  if (looks.size() < 3) return figure;
  const gan::DynamicsVerdict& verdict = report.verdict;
  const auto last = static_cast<double>(looks.back().step);
  figure.panels.push_back(both("losses on a fixed batch", looks, 0.0, &Look::losses, false));
  if (verdict.period > 0.0) {
    Panel few = both(fmt::format("the last turns, of {} steps", gan::in_steps(verdict.period)),
                     looks, last - kFewTurns * verdict.period, &Look::losses, false);
    for (double at = last; at > last - (kFewTurns + 0.5) * verdict.period; at -= verdict.period)
      few.layers.emplace_back(Guide{.at = at,
                                    .across = Guide::Across::kVertical,
                                    .ink = {.color = kGrey, .width = 1.0, .dash = Dash::kDotted}});
    figure.panels.push_back(std::move(few));
  }
  figure.panels.push_back(both("gradient lengths", looks, 0.0, &Look::norms, true));
  std::vector<std::vector<float>> places;
  for (const Look& look : looks) {
    if (!std::all_of(look.place.begin(), look.place.end(),
                     [](float x) { return std::isfinite(x); }))
      break;
    places.push_back(look.place);
  }
  if (places.size() >= 3) {
    std::vector<double> steps = steps_of(looks);
    steps.resize(places.size());
    figure.panels.push_back(
        orbit("the way of the players", gan::principal_plane(places), std::move(steps)));
  }
  if (verdict.plane.x.size() >= 3) {
    std::vector<double> steps = steps_of(looks);
    steps.erase(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(verdict.first));
    steps.resize(verdict.plane.x.size());
    figure.panels.push_back(orbit("... its later half", verdict.plane, std::move(steps)));
  }
  if (std::any_of(looks.begin(), looks.end(),
                  [](const Look& l) { return l.spectrum && !l.spectrum->eigenvalues.empty(); }))
    figure.panels.push_back(spectra(looks));
  if (verdict.oscillation.power.size() > 1)
    figure.panels.push_back(periodogram(
        verdict, last / static_cast<double>(std::max<std::size_t>(looks.size() - 1, 1))));
  if (!report.angle.at.empty()) figure.panels.push_back(path_angle(report.angle));
  add_quality(figure, rows);
  figure.columns = 3;
  figure.width = 1500;
  return figure;
}

}  // namespace gyre::cli
