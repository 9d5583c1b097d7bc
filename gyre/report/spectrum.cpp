#include "gyre/report/spectrum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/analysis/step_sizes.hpp"
#include "gyre/analysis/update_map.hpp"

namespace gyre::report {

namespace {

using Eigenvalues = std::vector<std::complex<double>>;

/// The same numbers in the order that lies nearest to `before`, one after the other.
Eigenvalues in_order(const Eigenvalues& before, Eigenvalues now) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto rest = now.begin() + static_cast<std::ptrdiff_t>(i);
    std::iter_swap(rest, std::min_element(rest, now.end(), [&](const auto& a, const auto& b) {
                     return std::abs(a - before[i]) < std::abs(b - before[i]);
                   }));
  }
  return now;
}

}  // namespace

std::optional<SpectrumPath> spectrum_path(const Game& game, const Pipe& rule,
                                          std::span<const double> at) {
  constexpr double kLeast = 1e-3, kMost = 10.0;
  constexpr double kFar = 2.0;    // eigenvalues beyond are not followed closely
  constexpr double kNear = 0.04;  // from one place to the next
  constexpr int kSteps = 48, kMostPlaces = 400;
  const Traced traced = trace(game, rule);
  const std::optional<std::size_t> knob = step_size_knob(traced);
  if (!knob) return std::nullopt;
  UpdateMap map(traced);
  std::vector<double> knobs = knob_values(traced);
  const auto now = map.spectrum(at, knobs);
  if (!now) return std::nullopt;
  SpectrumPath result{.label = rule.text(), .eta = knobs[*knob], .now = now->eigenvalues};
  const double longest = std::log(kMost / kLeast) / kSteps, shortest = longest / 512;
  double eta = kLeast, step = longest;
  for (int i = 0; i < kMostPlaces; ++i) {
    knobs[*knob] = eta;
    auto spectrum = map.spectrum(at, knobs);
    if (!spectrum) break;
    Eigenvalues place = std::move(spectrum->eigenvalues);
    double moved = 0.0;
    if (!result.path.empty()) {
      const Eigenvalues& before = result.path.back();
      place = in_order(before, std::move(place));
      for (std::size_t k = 0; k < place.size(); ++k)
        if (std::abs(place[k]) < kFar) moved = std::max(moved, std::abs(place[k] - before[k]));
    }
    if (moved > kNear && step > shortest) {  // back, and on by half
      step *= 0.5;
      eta = result.etas.back() * std::exp(step);
      continue;
    }
    result.etas.push_back(eta);
    result.path.push_back(std::move(place));
    if (moved < 0.5 * kNear) step = std::min(2.0 * step, longest);
    if (eta >= kMost) break;
    eta = std::min(eta * std::exp(step), kMost);
  }
  return result;
}

plot::Figure spectrum_figure(std::string title, std::span<const SpectrumPath> rules) {
  constexpr double kReach = 1.6;
  constexpr std::size_t kMostColumns = 3;
  const bool one = rules.size() == 1;
  if (!one) title += "\nColour: the step size, from 0.001 (dark) to 10 (bright)";
  plot::Figure figure{.title = std::move(title)};
  figure.columns = static_cast<int>(std::clamp<std::size_t>(rules.size(), 1, kMostColumns));
  figure.width = one ? 560 : 320 * figure.columns;
  for (const SpectrumPath& rule : rules) {
    plot::Panel panel{.title = rule.label,
                      .x = {.label = "real part", .low = -kReach, .high = kReach},
                      .y = {.label = "imaginary part", .low = -kReach, .high = kReach},
                      .equal = true};
    panel.layers.push_back(
        plot::Circle{.ink = {.color = plot::kGrey, .width = 1.8, .dash = plot::Dash::kSolid}});
    plot::Streamlines lines{
        .shading = {.label = "step size", .low = 1e-3, .high = 10.0, .log = true, .bar = one},
        .width = 2.2};
    const std::size_t count = rule.path.empty() ? 0 : rule.path.front().size();
    for (std::size_t k = 0; k < count; ++k) {
      plot::Streamlines::Path path;
      for (std::size_t i = 0; i < rule.path.size(); ++i) {
        path.x.push_back(rule.path[i][k].real());
        path.y.push_back(rule.path[i][k].imag());
        path.value.push_back(rule.etas[i]);
      }
      lines.paths.push_back(std::move(path));
    }
    panel.layers.push_back(std::move(lines));
    plot::Points here{.label = fmt::format("at step size {:.4g}", rule.eta),
                      .ink = {.color = plot::kBlack},
                      .size = 9.0};
    for (const std::complex<double>& e : rule.now) {
      here.x.push_back(e.real());
      here.y.push_back(e.imag());
    }
    panel.layers.push_back(std::move(here));
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

plot::Figure radius_figure(std::string title, std::span<const RadiusCurve> rules) {
  plot::Panel panel{.x = {.label = "step size", .log = true},
                    .y = {.label = "factor on the distance, a step"},
                    .legend = rules.size() > 6 ? plot::Legend::kRight : plot::Legend::kAuto};
  constexpr double kHighest = 1.3;
  constexpr std::size_t kInColour = 12;
  std::vector<plot::Line> best;
  double lowest = 1.0, first = HUGE_VAL, last = 0.0;
  panel.layers.push_back(
      plot::Guide{.label = "no progress", .at = 1.0, .ink = {.color = plot::kGrey, .width = 1.6}});
  for (const RadiusCurve& rule : rules) {
    for (std::size_t i = 0; i < rule.radius.size(); ++i) {
      const double r = rule.radius[i], eta = rule.eta[i];
      if (!std::isfinite(r)) continue;
      lowest = std::min(lowest, r);
      if (r < kHighest) last = std::max(last, eta);
      if (std::abs(r - 1.0) > 2e-3) first = std::min(first, eta);
    }
    const auto place = static_cast<std::size_t>(&rule - rules.data());
    if (place < kInColour)
      best.push_back(plot::Line{
          .label = rule.label, .x = rule.eta, .y = rule.radius, .ink = {.width = 2.2}, .marks = 5});
    else
      panel.layers.push_back(plot::Line{
          .label = place > kInColour ? ""
                   : rules.size() > place + 1
                       ? fmt::format("the other {} rules", rules.size() - place)
                       : "the other rule",
          .x = rule.eta,
          .y = rule.radius,
          .ink = {
              .color = plot::kGrey, .width = 0.8, .dash = plot::Dash::kSolid, .opacity = 0.45}});
  }
  for (plot::Line& line : best) panel.layers.push_back(std::move(line));
  // Smaller step sizes all do nothing, larger ones all diverge.
  if (first < last) panel.x.low = 0.5 * first, panel.x.high = 1.5 * last;
  panel.y.low = std::max(0.0, std::floor(10.0 * lowest - 0.5) / 10.0);
  panel.y.high = kHighest;
  return {.title = std::move(title), .panels = {std::move(panel)}, .width = 960, .height = 560};
}

}  // namespace gyre::report
