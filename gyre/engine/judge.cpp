#include "gyre/engine/judge.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace gyre {

namespace {

double distance(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

double length(std::span<const double> a) {
  return std::sqrt(std::inner_product(a.begin(), a.end(), a.begin(), 0.0));
}

std::vector<double> mean(const Path& path, std::size_t from, std::size_t to) {
  std::vector<double> sum(path.dim, 0.0);
  for (std::size_t k = from; k < to; ++k)
    for (std::size_t i = 0; i < path.dim; ++i) sum[i] += path.at(k)[i];
  for (double& s : sum) s /= static_cast<double>(std::max<std::size_t>(1, to - from));
  return sum;
}

int nearest_reference(std::span<const double> to,
                      const std::vector<std::vector<double>>& references) {
  int best = -1;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < references.size(); ++i) {
    const double d = distance(to, references[i]);
    if (d < least) least = d, best = static_cast<int>(i);
  }
  return best;
}

std::size_t first_at(const Path& path, std::uint64_t step) {
  return static_cast<std::size_t>(std::ranges::lower_bound(path.steps, step) - path.steps.begin());
}

double extent(const Path& path) {
  const std::vector<double> centre = mean(path, 0, path.size());
  double widest = 0.0;
  for (std::size_t k = 0; k < path.size(); ++k)
    widest = std::max(widest, distance(path.at(k), centre));
  return widest;
}

}  // namespace

Distances distances(const Path& path, std::span<const double> centre, std::uint64_t from,
                    double smallest) {
  Distances d;
  const std::size_t first = first_at(path, from);
  d.steps.reserve(path.size() - first);
  d.logs.reserve(path.size() - first);
  for (std::size_t k = first; k < path.size(); ++k) {
    const double r = distance(path.at(k), centre);
    if (!(r > smallest) || !std::isfinite(r)) continue;
    d.steps.push_back(static_cast<double>(path.steps[k]));
    d.logs.push_back(std::log(r));
  }
  return d;
}

Fit fit_line(const Distances& d, std::size_t from, std::size_t to) {
  constexpr std::size_t kEnoughForAWindow = 16;
  Fit fit;
  fit.places = to - from;
  if (fit.places < 2) return fit;
  const double begin = d.steps[from];
  fit.span = d.steps[to - 1] - begin;
  auto weight = [&](std::size_t k) {
    if (fit.places < kEnoughForAWindow) return 1.0;
    const double u = 2.0 * (d.steps[k] - begin) / fit.span - 1.0;
    const double bell = 1.0 - u * u;
    return bell * bell;
  };
  double sw = 0.0, st = 0.0, sy = 0.0;
  for (std::size_t k = from; k < to; ++k) {
    const double w = weight(k);
    sw += w, st += w * (d.steps[k] - begin), sy += w * d.logs[k];
  }
  double tt = 0.0, ty = 0.0, yy = 0.0;
  for (std::size_t k = from; k < to; ++k) {
    const double w = weight(k), t = d.steps[k] - begin - st / sw, y = d.logs[k] - sy / sw;
    tt += w * t * t, ty += w * t * y, yy += w * y * y;
  }
  fit.slope = ty / tt;
  fit.noise = std::sqrt(std::max(0.0, yy - fit.slope * ty) / sw);
  return fit;
}

namespace {

/// Steps between upward crossings of the centre in one coordinate: the middle one of all gaps.
std::optional<double> typical_gap(const Path& path, std::size_t coordinate, double centre,
                                  std::size_t* first, std::size_t* last) {
  std::vector<double> crossings;
  std::vector<std::size_t> places;
  for (std::size_t k = 1; k < path.size(); ++k) {
    const double before = path.at(k - 1)[coordinate] - centre;
    const double now = path.at(k)[coordinate] - centre;
    if (!(before < 0.0 && now >= 0.0)) continue;
    const double share = before / (before - now);
    const auto t0 = static_cast<double>(path.steps[k - 1]);
    crossings.push_back(t0 + share * (static_cast<double>(path.steps[k]) - t0));
    places.push_back(k);
  }
  if (crossings.size() < 4) return std::nullopt;  // three periods
  *first = places.front(), *last = places.back();
  return (crossings.back() - crossings.front()) / static_cast<double>(crossings.size() - 1);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// How far the path is from itself `lag` places later, typically. Between places it is taken to run
/// straight, which it does where they lie close.
double drift(const Path& path, std::size_t first, double lag) {
  const auto whole = static_cast<std::size_t>(lag);
  const double share = lag - static_cast<double>(whole);
  std::vector<double> gaps;
  for (std::size_t k = first; k + whole + 1 < path.size(); ++k) {
    double sum = 0.0;
    for (std::size_t i = 0; i < path.dim; ++i) {
      const double later =
          (1.0 - share) * path.at(k + whole)[i] + share * path.at(k + whole + 1)[i];
      sum += (later - path.at(k)[i]) * (later - path.at(k)[i]);
    }
    gaps.push_back(std::sqrt(sum));
  }
  return gaps.empty() ? std::numeric_limits<double>::infinity() : median(std::move(gaps));
}

}  // namespace

bool find_cycle(const Path& path, Turn& cycle) {
  constexpr double kReturns = 0.05;
  constexpr int kMostTurns = 16;
  if (path.size() < 8) return false;
  std::vector<double> centre = mean(path, 0, path.size());
  std::vector<double> width(path.dim, 0.0);
  for (std::size_t k = 0; k < path.size(); ++k)
    for (std::size_t i = 0; i < path.dim; ++i)
      width[i] += (path.at(k)[i] - centre[i]) * (path.at(k)[i] - centre[i]);
  std::vector<std::size_t> widest(path.dim);
  std::iota(widest.begin(), widest.end(), 0u);
  std::ranges::stable_sort(widest,
                           [&](std::size_t a, std::size_t b) { return width[a] > width[b]; });

  std::size_t first = 0, last = 0;
  std::optional<double> gap = typical_gap(path, widest[0], centre[widest[0]], &first, &last);
  if (!gap) return false;
  centre = mean(path, first, last);  // over whole turns
  gap = typical_gap(path, widest[0], centre[widest[0]], &first, &last);
  if (!gap) return false;

  double low = std::numeric_limits<double>::infinity(), high = 0.0;
  for (std::size_t k = first; k < path.size(); ++k) {
    const double r = distance(path.at(k), centre);
    low = std::min(low, r), high = std::max(high, r);
  }
  const double stride = static_cast<double>(path.steps[1] - path.steps[0]);
  // Between steps there is nothing to miss; between places further apart there may be.
  constexpr double kFineEnough = 6.0;
  if (stride > 1.0 && *gap < kFineEnough * stride) return false;
  double best = std::numeric_limits<double>::infinity(), period = *gap;
  for (int turns = 1; turns <= kMostTurns; ++turns) {
    const double lag = turns * *gap / stride;
    if (3.0 * lag > static_cast<double>(path.size())) break;
    const double share = drift(path, first, stride > 1.0 ? lag : std::round(lag)) / (2.0 * high);
    if (share < best) best = share;
    if (share < kReturns) break;
  }
  if (!(best < kReturns)) return false;

  double angle = 0.0;
  if (path.dim >= 2) {
    const std::size_t a = std::min(widest[0], widest[1]), b = std::max(widest[0], widest[1]);
    for (std::size_t k = first + 1; k <= last; ++k) {
      const double ax = path.at(k - 1)[a] - centre[a], ay = path.at(k - 1)[b] - centre[b];
      const double bx = path.at(k)[a] - centre[a], by = path.at(k)[b] - centre[b];
      angle += std::atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
  }
  cycle = {period, angle / (2.0 * std::numbers::pi), low, high, best, std::move(centre)};
  return true;
}

namespace {

std::span<const double> centre_of(const Outcome& outcome, const Path& history,
                                  const std::vector<std::vector<double>>& references,
                                  std::vector<double>& own) {
  if (outcome.reference >= 0) return references[static_cast<std::size_t>(outcome.reference)];
  own = outcome.verdict == Verdict::kSettled ? outcome.last
        : !outcome.centre.empty()            ? outcome.centre
                                             : mean(history, 0, history.size());
  return own;
}

/// What the verdict at the end of a budget looks at.
struct Growth {
  Distances later;  ///< over the later half of the run
  Fit fit;
};

Growth put_rate(Outcome& outcome, const Path& history,
                const std::vector<std::vector<double>>& references) {
  std::vector<double> own;
  const std::span<const double> centre = centre_of(outcome, history, references, own);
  outcome.distance = distance(outcome.last, centre);
  // Its own last place is no exact limit: distances near the settling tolerance say nothing.
  const double smallest =
      outcome.reference < 0 && outcome.verdict == Verdict::kSettled ? 1e-6 : 1e-13;
  Growth growth{distances(history, centre, outcome.steps / 2, smallest), {}};
  growth.fit = fit_line(growth.later, 0, growth.later.logs.size());
  if (growth.fit.places < 3) {
    const Distances all = distances(history, centre, 0, smallest);
    growth.fit = fit_line(all, 0, all.logs.size());
  }
  const Fit& fit = growth.fit;
  if (std::isfinite(fit.slope)) {
    outcome.rate = std::exp(fit.slope);
    outcome.trend = fit.slope * fit.span;
  } else if (outcome.verdict == Verdict::kSettled && outcome.distance == 0.0 && outcome.steps > 0 &&
             fit.places > 0) {
    outcome.rate = 0.0;  // it landed on the point
  }
  return growth;
}

Growth measured(Outcome& outcome, const Path& history,
                const std::vector<std::vector<double>>& references) {
  constexpr double kThere = 1e-5;
  if (outcome.verdict == Verdict::kSettled) {
    const int near = nearest_reference(outcome.last, references);
    if (near >= 0 && distance(outcome.last, references[static_cast<std::size_t>(near)]) <=
                         kThere * (1.0 + length(outcome.last)))
      outcome.reference = near;
  } else {
    outcome.reference = nearest_reference(
        mean(history, 0, std::max<std::size_t>(1, history.size() / 2)), references);
  }
  return put_rate(outcome, history, references);
}

/// The same sign of growth over both quarters of the later half, without dying away: a trend, and
/// not the approach to a cycle.
bool keeps_going(const Distances& later) {
  const std::size_t n = later.logs.size();
  if (n < 8) return false;
  const double early = fit_line(later, 0, n / 2).slope, late = fit_line(later, n / 2, n).slope;
  return early * late > 0.0 && std::abs(late) > 0.5 * std::abs(early);
}

}  // namespace

void measure(Outcome& outcome, const Path& history,
             const std::vector<std::vector<double>>& references) {
  measured(outcome, history, references);
}

double hovering(const Outcome& outcome, const Path& history,
                const std::vector<std::vector<double>>& references) {
  std::vector<double> own;
  const std::span<const double> centre = centre_of(outcome, history, references, own);
  double sum = 0.0;
  std::size_t places = 0;
  for (std::size_t k = 0; k < history.size(); ++k) {
    if (history.steps[k] < outcome.steps / 2) continue;
    const double r = distance(history.at(k), centre);
    sum += r * r, ++places;
  }
  return std::sqrt(sum / static_cast<double>(places));
}

void judge_at_the_end(Outcome& outcome, const Path& history, const std::function<Path()>& tail,
                      const std::vector<std::vector<double>>& references) {
  constexpr double kTrend = 0.05;  // 5 % over the later half of the run, and above the swinging,
  constexpr double kClear = 20.0;  // or less, where it stands out that far
  constexpr double kLeast = 1e-6;
  constexpr double kStill = 1e-12;
  const double scale = 1.0 + length(outcome.last);
  if (outcome.moved <=
      kStill * scale) {  // it may still be a turn as long as the pause between looks
    const Path last = Tail::level(tail(), 0);
    if (last.size() >= 16 && extent(last) <= kStill * scale) {
      outcome.verdict = Verdict::kSettled;
      return measure(outcome, history, references);
    }
  }
  const Growth growth = measured(outcome, history, references);
  const double trend = std::abs(outcome.trend);
  const bool trending = (trend > kTrend && trend > growth.fit.noise) ||
                        (trend > kLeast && trend > kClear * growth.fit.noise);
  if (trending && keeps_going(growth.later)) {
    outcome.verdict = outcome.trend > 0.0 ? Verdict::kDiverged : Verdict::kBudgetSpent;
    return;
  }
  Turn cycle;
  const Path end = tail();
  bool found = false;
  for (int level = 0; !found; ++level) {
    const Path part = Tail::level(end, level);
    if (part.size() < 8) return;
    found = find_cycle(part, cycle);
  }
  if (cycle.radius_high <= kStill * scale) return;
  outcome.verdict = Verdict::kCycling;
  outcome.period = cycle.period;
  outcome.turns = cycle.turns;
  outcome.radius_low = cycle.radius_low;
  outcome.radius_high = cycle.radius_high;
  outcome.recurrence = cycle.recurrence;
  outcome.centre = cycle.centre;
  outcome.reference = nearest_reference(cycle.centre, references);
  if (outcome.reference >= 0 &&
      distance(cycle.centre, references[static_cast<std::size_t>(outcome.reference)]) >
          cycle.radius_high)
    outcome.reference = -1;  // it circles around something else
  put_rate(outcome, history, references);
}

}  // namespace gyre
