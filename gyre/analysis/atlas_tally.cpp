#include "gyre/analysis/atlas_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "gyre/analysis/quartiles.hpp"

namespace gyre {

double distance_between(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum = std::hypot(sum, a[i] - b[i]);
  return sum;
}

namespace {

constexpr double kSameRate = 0.1;    // of the logarithm
constexpr double kSamePoint = 1e-5;  // relative: where a run may stop short of what it settles at

double length(std::span<const double> a) {
  double sum = 0.0;
  for (const double x : a) sum = std::hypot(sum, x);
  return sum;
}

/// Where a run stopped, among the points; nothing if at none of them.
std::optional<std::size_t> place_of(const Outcome& outcome, const std::vector<AtlasPoint>& points) {
  for (std::size_t i = 0; i < points.size(); ++i)
    if (distance_between(outcome.last, points[i].at) <= kSamePoint * (1.0 + length(points[i].at)))
      return i;
  return std::nullopt;
}

/// A run that began beside a point: `from` is how far.
Beside beside_of(const Outcome& outcome, double from, double to) {
  constexpr double kClearly = 2.0;
  if (outcome.verdict == Verdict::kDiverged || outcome.verdict == Verdict::kNotFinite)
    return Beside::kLeaves;
  if (outcome.verdict == Verdict::kSettled && to <= kClearly * from) return Beside::kComes;
  if (to * kClearly <= from) return Beside::kComes;
  return to > kClearly * from ? Beside::kLeaves : Beside::kStays;
}

/// Whether a budget of so many steps shows which way a factor leads.
bool can_be_seen(double radius, double steps) { return std::abs(std::log(radius)) * steps > 1.0; }

}  // namespace

void tally_spread(AtlasCell& cell, std::span<const Outcome> outcomes,
                  const std::vector<AtlasPoint>& points,
                  const std::function<PointClass(std::span<const double>)>& kind_at) {
  constexpr double kSolution = 1e-6;  // a longer field than this is that of no solution
  std::vector<double> steps, calls;
  std::vector<std::vector<double>> rates(points.size());
  for (const Outcome& o : outcomes) {
    cell.settled += o.verdict == Verdict::kSettled;
    cell.cycling += o.verdict == Verdict::kCycling;
    cell.diverged += o.verdict == Verdict::kDiverged;
    cell.not_finite += o.verdict == Verdict::kNotFinite;
    cell.spent += o.verdict == Verdict::kBudgetSpent;
    if (o.verdict != Verdict::kSettled) continue;
    steps.push_back(static_cast<double>(o.steps));
    calls.push_back(o.calls);
    const auto place = place_of(o, points);
    if (!place) {
      ++cell.elsewhere;
      cell.equilibria += o.residual <= kSolution && is_equilibrium(kind_at(o.last));
      continue;
    }
    ++cell.points[*place].arrived;
    if (!std::isnan(o.rate)) rates[*place].push_back(o.rate);
  }
  cell.steps = quartiles(std::move(steps)).median;
  cell.calls = quartiles(std::move(calls)).median;
  const auto most = std::ranges::max_element(cell.points, {}, &AtPoint::arrived);
  if (most == cell.points.end() || most->arrived == 0) return;
  cell.predicted = most->radius;
  cell.measured = quartiles(rates[static_cast<std::size_t>(most - cell.points.begin())]).median;
}

void tally_beside(AtPoint& at, const AtlasPoint& point, std::span<const Outcome> outcomes,
                  std::span<const std::vector<double>> starts) {
  std::size_t comes = 0, leaves = 0;
  std::vector<double> rates;
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    const double from = distance_between(starts[k], point.at);
    const Beside one = beside_of(outcomes[k], from, distance_between(outcomes[k].last, point.at));
    comes += one == Beside::kComes;
    leaves += one == Beside::kLeaves;
    if (one == Beside::kComes && !std::isnan(outcomes[k].rate)) rates.push_back(outcomes[k].rate);
  }
  at.beside = leaves > 0                 ? Beside::kLeaves
              : comes == outcomes.size() ? Beside::kComes
                                         : Beside::kStays;
  if (at.beside == Beside::kComes) at.rate = quartiles(std::move(rates)).median;
}

void tally_cycle(OnCycle& on, const AtlasCycle& cycle, std::span<const Outcome> outcomes) {
  // Of the cycle's extent: a rule's own cycle lies beside that of the flow. A run that is not seen
  // to return must be on the cycle itself.
  constexpr double kBesides = 0.25, kUpon = 0.05;
  double size = 0.0;
  for (const auto& [low, high] : cycle.extent) size = std::max(size, high - low);
  for (const Outcome& o : outcomes) {
    double away = std::numeric_limits<double>::infinity();
    for (const std::vector<double>& place : cycle.path)
      away = std::min(away, distance_between(o.last, place));
    if (o.verdict == Verdict::kSettled)
      ++on.settled;
    else if (o.verdict == Verdict::kDiverged || o.verdict == Verdict::kNotFinite)
      ++on.diverged;
    else if (away <= (o.verdict == Verdict::kCycling ? kBesides : kUpon) * size)
      ++on.caught;
    else
      ++on.astray;
  }
}

Accord accord_of(const AtlasCell& cell, double steps) {
  bool rates_differ = false;
  for (const AtPoint& at : cell.points) {
    if (at.theory == Theory::kSilent || !can_be_seen(at.radius, steps)) continue;
    if (at.theory == Theory::kAttracts && at.beside == Beside::kLeaves) return Accord::kBeside;
    if (at.theory == Theory::kRepels && at.beside == Beside::kComes) return Accord::kBeside;
    if (at.theory != Theory::kAttracts || std::isnan(at.rate) || at.radius < 1e-3) continue;
    const double foretold = std::log(at.radius), seen = std::log(at.rate);
    rates_differ |= !(std::abs(seen - foretold) <= kSameRate * std::abs(foretold));
  }
  const Theory theory = theory_of(cell);
  if (theory == Theory::kSilent) return Accord::kOpen;
  if (theory != Theory::kAttracts) {
    // Of a point that is not on the list, nothing was foretold.
    if (cell.settled > 0 && cell.settled == cell.elsewhere) return Accord::kOpen;
    return cell.settled > 0 ? Accord::kUnforetold : Accord::kAgree;
  }
  if (cell.settled > 0) return rates_differ ? Accord::kRate : Accord::kAgree;
  for (const AtPoint& at : cell.points)
    if (at.theory == Theory::kAttracts && can_be_seen(at.radius, steps / 20.0))
      return Accord::kMissed;
  return Accord::kOpen;  // it attracts too slowly to arrive in so many steps
}

}  // namespace gyre
