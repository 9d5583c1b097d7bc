#include "gyre/analysis/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/outcome.hpp"

namespace gyre {

namespace {

constexpr double kNear = 1e-4;       // of a sharp point, in units of 1 + its length
constexpr double kNearBlunt = 1e-2;  // where the field vanishes faster than the distance
constexpr double kFlat = 1e-9;       // slopes that count as none, against the steepest
constexpr double kTrifle = 1e-4;
constexpr std::size_t kMostSharp = 64;     // more than these lie on a line, as far as one can tell
constexpr std::size_t kMostPoints = 1000;  // each is looked at closely

double apart(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

double length(std::span<const double> a) {
  double sum = 0.0;
  for (const double x : a) sum += x * x;
  return std::sqrt(sum);
}

/// The least and the greatest slope of the field along the directions that players are free to go.
std::pair<double, double> slopes(const PointReport& report) {
  double least = std::numeric_limits<double>::infinity(), most = 0.0;
  for (const auto& e : report.eigenvalues) {
    least = std::min(least, std::abs(e));
    most = std::max(most, std::abs(e));
  }
  return {least, most};
}

}  // namespace

Targets::Targets(const Game& game, std::span<const std::vector<double>> starts) {
  constexpr double kBeyond = 2.0;
  constexpr std::size_t kLookedAt = 8;
  std::vector<double> low(game.dim(), std::numeric_limits<double>::infinity()), high(game.dim());
  for (double& h : high) h = -low.front();
  const auto take = [&](std::span<const double> place) {
    for (std::size_t i = 0; i < game.dim(); ++i)
      low[i] = std::min(low[i], place[i]), high[i] = std::max(high[i], place[i]);
  };
  for (const std::vector<double>& start : starts) take(start);
  for (const KnownPoint& known : game.points) take(known.at);
  for (std::size_t i = 0; i < game.dim(); ++i) {
    middle_.push_back(0.5 * (low[i] + high[i]));
    reach_.push_back(kBeyond * std::max(0.5 * (high[i] - low[i]), 1e-3 * (1.0 + std::abs(low[i]))));
  }
  for (const std::vector<double>& start : starts.first(std::min(starts.size(), kLookedAt))) try {
      for (const double slope : classify(game, start).jacobian)
        steepest_ = std::max(steepest_, std::abs(slope));
    } catch (const Error&) {  // no slopes there: the other starts have to do
    }
  std::vector<std::vector<double>> stated;
  for (const KnownPoint& known : game.points) stated.push_back(known.at);
  add(game, find_critical_points(game, stated), true);
  add(game, reference_points(game, starts), false);
  add(game, find_critical_points(game, starts), false);
}

bool Targets::is_near_by(std::span<const double> place) const {
  for (std::size_t i = 0; i < middle_.size(); ++i)
    if (!(std::abs(place[i] - middle_[i]) <= reach_[i])) return false;
  return true;
}

void Targets::add(const Game& game, std::span<const std::vector<double>> points, bool stated) {
  for (const std::vector<double>& point : points) {
    if (at(point) || points_.size() >= kMostPoints) continue;
    try {
      const PointReport report = classify(game, point);
      const auto [least, most] = slopes(report);
      if (stated || is_near_by(point) || least > kTrifle * steepest_)
        points_.push_back({point, report.kind, least > kFlat * std::max(1.0, most)});
    } catch (const Error&) {  // no slopes there, so nothing is known of its kind
    }
  }
}

void Targets::add_ends(const Game& game, std::span<const std::vector<double>> ends) {
  std::vector<std::vector<double>> fresh;
  for (const std::vector<double>& end : ends)
    if (!at(end)) fresh.push_back(end);
  if (fresh.empty()) return;
  add(game, find_critical_points(game, fresh), false);
  add(game, fresh, false);
}

const Target* Targets::at(std::span<const double> place) const {
  const Target* best = nullptr;
  double least = std::numeric_limits<double>::infinity();
  for (const Target& t : points_) {
    const double d = apart(place, t.at);
    if (d > (t.sharp ? kNear : kNearBlunt) * (1.0 + length(t.at)) || d >= least) continue;
    least = d, best = &t;
  }
  return best;
}

bool Targets::has_solutions() const { return std::ranges::any_of(points_, &Target::is_solution); }

double Targets::distance(std::span<const double> place) const {
  const bool solutions = has_solutions();
  double least = kUnknown;
  for (const Target& t : points_) {
    if (solutions && !t.is_solution()) continue;
    const double d = apart(place, t.at);
    if (!(d >= least)) least = d;
  }
  return least;
}

std::string Targets::why_not() const {
  const bool solutions = has_solutions();
  std::size_t goals = 0;
  for (const Target& t : points_) {
    if (solutions && !t.is_solution()) continue;
    ++goals;
    if (!t.sharp)
      return std::string("the Jacobian is singular at a ") +
             (solutions ? "solution" : "critical point") +
             ": such points may form a line, or be reached slowly";
  }
  if (goals == 0) return "no critical point is known";
  if (goals > kMostSharp) return "there are too many solutions to tell them apart";
  return {};
}

}  // namespace gyre
