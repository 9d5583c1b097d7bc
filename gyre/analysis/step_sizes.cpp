#include "gyre/analysis/step_sizes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/analysis/update_map.hpp"
#include "gyre/rules/catalogue.hpp"

namespace gyre {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLeastEta = 1e-8, kMostEta = 1e6;
constexpr std::size_t kLargestSearch = 128;  // numbers of a state whose step size is searched
constexpr double kNoise = 1e-11;             // a radius this close to 1 may be 1 and its roundings

struct Sample {
  double eta, radius;
};

/// The radius at one point as a function of the step size; infinite where there is none.
class RadiusOfEta {
 public:
  RadiusOfEta(UpdateMap& map, std::span<const double> at, std::vector<double> knobs,
              std::size_t knob, std::size_t neutral, const std::atomic<bool>* cancel)
      : map_(map),
        at_(at),
        knobs_(std::move(knobs)),
        knob_(knob),
        neutral_(neutral),
        cancel_(cancel) {}

  double operator()(double eta) {
    if (cancel_ && cancel_->load(std::memory_order_relaxed)) return kInfinity;
    knobs_[knob_] = eta;
    const double radius = map_.radius(at_, knobs_, neutral_).value_or(kInfinity);
    return std::isnan(radius) ? kInfinity : radius;
  }

 private:
  UpdateMap& map_;
  std::span<const double> at_;
  std::vector<double> knobs_;
  std::size_t knob_, neutral_;
  const std::atomic<bool>* cancel_;
};

std::vector<Sample> scan(RadiusOfEta& radius, std::size_t state) {
  constexpr double kHopeless = 1e6;
  const int decade = state <= 16 ? 12 : 6;
  const int decades = static_cast<int>(std::lround(std::log10(kMostEta / kLeastEta)));
  std::vector<Sample> samples;
  for (int i = 0; i <= decades * decade; ++i) {
    const double eta = kLeastEta * std::pow(10.0, static_cast<double>(i) / decade);
    samples.push_back({eta, radius(eta)});
    if (samples.back().radius > kHopeless) break;
  }
  return samples;
}

/// Where `attracts` changes between two step sizes.
double crossing(RadiusOfEta& radius, double attracting, double other) {
  constexpr double kBelow = 1.0 - 1e-14;
  while (std::abs(attracting - other) > 1e-11 * std::max(attracting, other)) {
    const double middle = 0.5 * (attracting + other);
    (radius(middle) < kBelow ? attracting : other) = middle;
  }
  return attracting;
}

/// The least radius in a bracket, by golden section in the logarithm: to the last digits, since
/// next to a kink the radius is off by the root of what the step size is off.
Sample golden(RadiusOfEta& radius, double low, double high) {
  constexpr int kShrinks = 64;  // the 64th power of the share is 4e-14
  const double share = 0.5 * (std::sqrt(5.0) - 1.0);
  double a = std::log(low), b = std::log(high);
  auto sample = [&](double log) { return Sample{std::exp(log), radius(std::exp(log))}; };
  Sample left = sample(b - share * (b - a)), right = sample(a + share * (b - a));
  for (int i = 0; i < kShrinks; ++i) {
    if (left.radius <= right.radius) {
      b = std::log(right.eta);
      right = left;
      left = sample(b - share * (b - a));
    } else {
      a = std::log(left.eta);
      left = right;
      right = sample(a + share * (b - a));
    }
  }
  return left.radius <= right.radius ? left : right;
}

/// The radius has several valleys, and kinks where roots meet: each of the deepest that the samples
/// show is searched.
Sample least(RadiusOfEta& radius, std::span<const Sample> window, const StepSizes& sizes) {
  constexpr std::size_t kValleys = 3;
  std::vector<std::size_t> valleys;
  auto at = [&](std::size_t i) { return i < window.size() ? window[i].radius : kInfinity; };
  for (std::size_t i = 0; i < window.size(); ++i)
    if (at(i) <= at(i - 1) && at(i) <= at(i + 1)) valleys.push_back(i);
  std::ranges::stable_sort(valleys, {}, at);
  valleys.resize(std::min(valleys.size(), kValleys));
  Sample best{0.0, kInfinity};
  for (const std::size_t i : valleys) {
    const double low = i > 0 ? window[i - 1].eta : std::max(sizes.eta_from, kLeastEta);
    const double high =
        i + 1 < window.size() ? window[i + 1].eta : std::min(sizes.eta_limit, kMostEta);
    if (window[i].radius < best.radius) best = window[i];
    if (!(low < high)) continue;
    const Sample found = golden(radius, low, high);
    if (found.radius < best.radius) best = found;
  }
  return best;
}

void search(RadiusOfEta& radius, std::size_t state, StepSizes& sizes) {
  const std::vector<Sample> samples = scan(radius, state);
  const auto first =
      std::ranges::find_if(samples, [](const Sample& s) { return s.radius < 1.0 - kNoise; });
  sizes.eta_from = sizes.eta_limit = sizes.eta_best = 0.0;
  sizes.radius_best = 1.0;
  if (first == samples.end()) return;
  const auto after =
      std::find_if(first, samples.end(), [](const Sample& s) { return s.radius >= 1.0 - 1e-13; });
  sizes.eta_limit =
      after == samples.end() ? kInfinity : crossing(radius, std::prev(after)->eta, after->eta);
  if (first != samples.begin() && std::prev(first)->radius > 1.0 + kNoise)
    sizes.eta_from = crossing(radius, first->eta, std::prev(first)->eta);
  const Sample best = least(radius, {first, after}, sizes);
  sizes.eta_best = best.eta;
  sizes.radius_best = best.radius;
  // Where the radius is flat, the step size at hand is as good as any.
  const bool inside = sizes.eta > sizes.eta_from && sizes.eta < sizes.eta_limit;
  if (inside && sizes.radius <= best.radius + kNoise) {
    sizes.eta_best = sizes.eta;
    sizes.radius_best = sizes.radius;
  }
}

double steps_for_a_millionth(double radius) {
  if (!(radius < 1.0)) return kInfinity;
  return std::max(1.0, std::log(1e-6) / std::log(radius));
}

}  // namespace

std::optional<std::size_t> step_size_knob(const Traced& traced) {
  auto is_step_size = [](const ParamFacts& p) {
    return p.kind == ParamKind::kReal && p.range.low == kStepSizes.low &&
           p.range.high == kStepSizes.high && p.range.logarithmic;
  };
  for (const StageFacts& stage : rule_catalogue()) {
    if (stage.kind != StageKind::kScheme) continue;
    const ParamFacts* eta = stage.param("eta");
    for (const ParamFacts& p : stage.params)
      if (!eta && is_step_size(p)) eta = &p;
    if (!eta) continue;
    const std::string name = stage.facts.id + "." + eta->name;
    for (std::size_t k = 0; k < traced.knobs.size(); ++k)
      if (!traced.knobs[k].of_game && traced.knobs[k].name == name) return k;
  }
  return std::nullopt;
}

std::optional<StepSizes> step_sizes(const Traced& traced, std::span<const double> at,
                                    std::string* why) {
  UpdateMap map(traced);
  return step_sizes(map, at, why);
}

std::optional<StepSizes> step_sizes(UpdateMap& map, std::span<const double> at, std::string* why,
                                    const std::atomic<bool>* cancel) {
  const Traced& traced = map.traced();
  const std::vector<double> knobs = knob_values(traced);
  const std::optional<Spectrum> now = map.spectrum(at, knobs);
  if (!now) {
    if (why) *why = map.why();
    return std::nullopt;
  }
  StepSizes sizes;
  sizes.radius = now->radius;
  sizes.neutral = now->neutral;
  sizes.steps = steps_for_a_millionth(now->radius);
  const std::optional<std::size_t> knob = step_size_knob(traced);
  if (!knob) return sizes;
  sizes.knob = traced.knobs[*knob].name;
  sizes.eta = knobs[*knob];
  if (traced.state() > kLargestSearch) return sizes;
  RadiusOfEta radius(map, at, knobs, *knob, now->neutral, cancel);
  search(radius, traced.state(), sizes);
  return sizes;
}

std::vector<double> radii_at(const Traced& traced, std::span<const double> at,
                             std::span<const double> etas) {
  std::vector<double> radii(etas.size(), kUnknown);
  const std::optional<std::size_t> knob = step_size_knob(traced);
  UpdateMap map(traced);
  std::vector<double> knobs = knob_values(traced);
  const std::optional<Spectrum> now = knob ? map.spectrum(at, knobs) : std::nullopt;
  if (!now) return radii;
  for (std::size_t i = 0; i < etas.size(); ++i) {
    knobs[*knob] = etas[i];
    radii[i] = map.radius(at, knobs, now->neutral).value_or(kUnknown);
  }
  return radii;
}

std::optional<double> radius_at(const Traced& traced, std::span<const double> at, double eta) {
  const double radius = radii_at(traced, at, std::span(&eta, 1))[0];
  return std::isnan(radius) ? std::nullopt : std::optional(radius);
}

}  // namespace gyre
