#include "gyre/analysis/measured_rate.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/engine/judge.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

namespace {

using Numbers = std::vector<double>;

constexpr double kRounding = 1e-12;  // distances below this share of the scale say nothing
constexpr double kClose = 1e-4;      // and beyond this one, the map is not linear

double length(std::span<const double> a) {
  double squares = 0.0;
  for (const double x : a) squares += x * x;
  return std::sqrt(squares);
}

double distance(std::span<const double> a, std::span<const double> b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

/// A place at about this distance, in a direction that no rule or game prefers, and in the domain.
Numbers near_by(const Game& game, std::span<const double> at, double far) {
  Numbers best(at.begin(), at.end());
  for (const double turn : {0.0, 1.0, 2.0, 3.0, 4.0, 5.0}) {
    Numbers way(at.size()), place(at.begin(), at.end());
    for (std::size_t i = 0; i < way.size(); ++i)
      way[i] = std::cos(1.0 + turn + 2.399963229728653 * static_cast<double>(i));
    const double unit = far / std::max(length(way), 1e-300);
    for (std::size_t i = 0; i < place.size(); ++i) place[i] += unit * way[i];
    project(game, place);
    if (distance(place, at) > 0.5 * far) return place;
    if (distance(place, at) > distance(best, at)) best = place;
  }
  return best;
}

struct Plan {
  double start;         // distance, as a share of the scale
  std::uint64_t steps;  // of the run
};

Plan plan(const std::optional<StepSizes>& predicted, std::size_t dim) {
  constexpr double kFewest = 64.0, kNumbers = 2e6;  // of the recording
  const double most = std::clamp(kNumbers / static_cast<double>(dim), 2'000.0, 50'000.0);
  if (!predicted) return {kClose, static_cast<std::uint64_t>(0.5 * most)};
  const double radius = std::max(predicted->radius, 1e-3);
  const double slope = std::abs(std::log(radius));
  const double decades = std::log(kClose / kRounding);
  const double steps = std::clamp(1.25 * decades / std::max(slope, 1e-12), kFewest, most);
  // What grows begins lower, so that it ends where the map is still linear.
  const bool grows = radius > 1.0 && slope * most > 0.1;
  return {grows ? std::max(1e-10, kClose * std::exp(-slope * steps)) : kClose,
          static_cast<std::uint64_t>(steps)};
}

/// The line through what stands clear of roundings and of the first steps, which other roots still
/// take part in.
MeasuredRate fitted(const Distances& all, double low, double high) {
  constexpr std::size_t kFewest = 6;
  constexpr double kDiffer = 0.1, kFine = 2e-6;
  MeasuredRate measured;
  std::size_t end = 0;
  while (end < all.logs.size() && all.logs[end] > low && all.logs[end] < high) ++end;
  const std::size_t begin = end / 4;
  if (end - begin < kFewest) {
    measured.why = "too few steps lie between the start and the roundings";
    return measured;
  }
  const std::size_t middle = begin + (end - begin) / 2;
  const double slope = fit_line(all, begin, end).slope;
  const double early = fit_line(all, begin, middle).slope, late = fit_line(all, middle, end).slope;
  if (!std::isfinite(slope) || std::abs(early - late) > kDiffer * std::abs(slope) + kFine) {
    measured.why = "the distance follows no straight line in the logarithm";
    return measured;
  }
  measured.rate = std::exp(slope);
  return measured;
}

}  // namespace

MeasuredRate measure_rate(const Game& game, const Traced& traced, std::span<const double> at,
                          const std::optional<StepSizes>& predicted,
                          const std::atomic<bool>* cancel) {
  const double scale = 1.0 + length(at);
  const Plan p = plan(predicted, traced.dim);
  const Numbers start = near_by(game, at, p.start * scale);
  MeasuredRate measured;
  const double begun = distance(start, at);
  if (begun == 0.0) {
    measured.why = "the domain leaves no room beside the point";
    return measured;
  }
  RunOptions options;
  options.steps = p.steps;
  options.judge = false;
  options.mean = true;  // it is to be held against the mean map's radius
  options.cancel = cancel;
  Recorder recorder(1, 1);
  options.observers.push_back(&recorder);
  run(traced, {{start}, {}}, options);
  const Recording& seen = recorder.recordings()[0];

  // On a line of critical points, a run ends beside the one that it began at.
  const std::size_t dim = traced.dim;
  Numbers centre(at.begin(), at.end());
  const bool on_a_line = predicted && predicted->neutral > 0 && predicted->radius < 1.0;
  if (on_a_line && !seen.steps.empty()) {
    const auto last = seen.at(seen.steps.size() - 1, dim);
    centre.assign(last.begin(), last.end());
  }
  Distances distances;
  for (std::size_t k = 0; k < seen.steps.size(); ++k) {
    const double d = distance(seen.at(k, dim), centre);
    if (d == 0.0 || !std::isfinite(d)) break;
    distances.steps.push_back(static_cast<double>(seen.steps[k]));
    distances.logs.push_back(std::log(d));
  }
  constexpr std::size_t kAtOnce = 6;
  const bool there = distances.logs.size() < seen.steps.size() &&
                     distance(seen.at(distances.logs.size(), dim), centre) == 0.0;
  const double low = std::log(kRounding * scale), high = std::log(100.0 * kClose * scale);
  const auto clear = std::ranges::find_if(distances.logs, [&](double d) { return d <= low; });
  const auto steps = static_cast<std::size_t>(clear - distances.logs.begin());
  if ((there || clear != distances.logs.end()) && steps <= kAtOnce) {
    measured.rate = 0.0;
  } else {
    measured = fitted(distances, low, high);
  }
  measured.steps = p.steps;
  return measured;
}

}  // namespace gyre
