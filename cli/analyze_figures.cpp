#include "cli/analyze_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/game_print.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/analysis/update_map.hpp"
#include "gyre/report/spectrum.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostPoints = 6;    // with figures of their own
constexpr std::size_t kMostSpectra = 9;   // panels of one figure
constexpr std::size_t kMostNumbers = 64;  // of a state: more paths of eigenvalues are a thicket

/// What a figure is of: the game and the point.
std::string title_of(const AnalysisWords& words, const PointAnalysis& point) {
  return game_spelling(words.game) + " at " + point_text(point.found.at);
}

std::optional<plot::Figure> spectra(const AnalysisWords& words, const PointAnalysis& point) {
  std::vector<report::SpectrumPath> paths;
  std::size_t others = 0;
  for (const RuleAtPoint& rule : point.rules) {
    if (!rule.sizes || rule.sizes->knob.empty()) continue;
    if (paths.size() == kMostSpectra) {
      ++others;
      continue;
    }
    auto path = report::spectrum_path(words.game, words.rules[rule.rule], point.found.at);
    if (path && path->now.size() <= kMostNumbers) paths.push_back(*std::move(path));
  }
  if (paths.empty()) return std::nullopt;
  std::string title = title_of(words, point) + ": eigenvalues of a step";
  if (others > 0) title += fmt::format(", {} of {} rules", paths.size(), paths.size() + others);
  return report::spectrum_figure(std::move(title), paths);
}

/// Step sizes from far below to far above all that matter, and the best one: radii have kinks
/// there.
std::vector<double> shown_with(double best) {
  constexpr int kDecade = 48;
  std::vector<double> etas;
  for (int i = -3 * kDecade; i <= kDecade; ++i)
    etas.push_back(std::pow(10.0, static_cast<double>(i) / kDecade));
  if (best > etas.front() && best < etas.back())
    etas.insert(std::ranges::upper_bound(etas, best), best);
  return etas;
}

std::optional<plot::Figure> radii(const AnalysisWords& words, const PointAnalysis& point) {
  std::vector<std::pair<double, report::RadiusCurve>> ranked;
  for (const RuleAtPoint& rule : point.rules) {
    if (!rule.sizes || std::isnan(rule.sizes->radius_best)) continue;  // no step size
    const Pipe& pipe = words.rules[rule.rule];
    report::RadiusCurve curve{.label = pipe.text(), .eta = shown_with(rule.sizes->eta_best)};
    curve.radius = radii_at(trace(words.game, pipe), point.found.at, curve.eta);
    ranked.emplace_back(rule.sizes->radius_best, std::move(curve));
  }
  if (ranked.empty()) return std::nullopt;
  std::ranges::stable_sort(ranked, {}, &std::pair<double, report::RadiusCurve>::first);
  std::vector<report::RadiusCurve> curves;
  for (auto& [best, curve] : ranked) curves.push_back(std::move(curve));
  return report::radius_figure(title_of(words, point), curves);
}

}  // namespace

std::optional<std::array<std::size_t, 2>> section_of(
    const Game& game, const std::optional<std::array<std::size_t, 2>>& asked) {
  const bool simplex = std::ranges::any_of(
      game.regions, [](const Region& r) { return r.kind == Region::Kind::kSimplex; });
  if (simplex || game.dim() < 2) return std::nullopt;
  if (asked) return asked;
  if (game.players.size() < 2) return std::array<std::size_t, 2>{0, 1};
  return std::array{game.players[0].first, game.players[1].first};
}

plot::Figure flow_figure(const AnalysisWords& words, const Analysis& analysis,
                         const std::array<std::size_t, 2>& section) {
  const Box& box = analysis.search.box;
  report::Portrait portrait{.box = {box[section[0]], box[section[1]]},
                            .section = {section[0], section[1], {}}};
  if (analysis.points.empty())
    for (const auto& [low, high] : box) portrait.section.at.push_back(0.5 * (low + high));
  else
    portrait.section.at = analysis.points.front().found.at;
  for (const PointAnalysis& p : analysis.points)
    if (p.smooth) portrait.points.push_back({p.found.at, p.report.kind, p.across});
  portrait.cycles = analysis.cycles.cycles;
  return report::phase_figure(words.game, portrait);
}

std::vector<std::pair<std::string, plot::Figure>> analysis_figures(
    const AnalysisWords& words, const Analysis& analysis,
    const std::optional<std::array<std::size_t, 2>>& section) {
  std::vector<std::pair<std::string, plot::Figure>> figures;
  if (const auto shown = section_of(words.game, section))
    figures.emplace_back("phase", flow_figure(words, analysis, *shown));
  for (std::size_t i = 0; i < std::min(analysis.points.size(), kMostPoints); ++i) {
    const PointAnalysis& point = analysis.points[i];
    if (auto figure = spectra(words, point))
      figures.emplace_back(fmt::format("spectrum-{}", i + 1), *std::move(figure));
    if (auto figure = radii(words, point))
      figures.emplace_back(fmt::format("radius-{}", i + 1), *std::move(figure));
  }
  return figures;
}

}  // namespace gyre::cli
