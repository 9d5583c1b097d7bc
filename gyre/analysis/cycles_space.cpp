// Closed paths beyond the plane: those that paths from anywhere come to, forward or backward.
#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "gyre/analysis/orbit.hpp"
#include "gyre/core/random.hpp"

namespace gyre {

namespace {

using Index = Eigen::Index;
using Map = Eigen::Map<const Eigen::VectorXd>;

constexpr std::size_t kStarts = 12;
constexpr int kStepsBefore = 2500, kStepsAfter = 1500;
constexpr double kLoose = 1e-7;  // the tolerance until a path is known to repeat itself
constexpr double kOuter = 3.0;

struct Guess {
  std::vector<double> at;
  double period;
};

/// Follows a path until it is where it was before, nearly; nothing if it stops or leaves.
std::optional<Guess> repeating(const Velocity& velocity, std::vector<double> from, BoxSpan box,
                               Cancel cancel) {
  const auto outer = widened(box, kOuter);
  FlowPath path(velocity, std::move(from), kLoose);
  double fastest = 0.0;
  const auto goes_on = [&] {
    if (is_set(cancel) || !path.step() || !holds(outer, path.at())) return false;
    const double speed = length_of(path.velocity());
    fastest = std::max(fastest, speed);
    return speed > 1e-6 * fastest;
  };
  for (int i = 0; i < kStepsBefore; ++i)
    if (!goes_on()) return std::nullopt;
  const std::vector<double> at = path.at(), v = path.velocity();
  const double start = path.time();
  double extent = 0.0;
  for (int i = 0; i < kStepsAfter; ++i) {
    if (!goes_on()) return std::nullopt;
    extent = std::max(extent,
                      (Map(path.at().data(), path.at().size()) - Map(at.data(), at.size())).norm());
    const auto time = path.crossing([&](std::span<const double> w) {
      double ahead = 0.0;
      for (std::size_t k = 0; k < w.size(); ++k) ahead += v[k] * (w[k] - at[k]);
      return ahead;
    });
    if (!time || path.time_before() <= start) continue;
    const std::vector<double> back = path.within(*time);
    if ((Map(back.data(), back.size()) - Map(at.data(), at.size())).norm() < 1e-2 * extent)
      return Guess{at, *time - start};
  }
  return std::nullopt;
}

/// Newton's steps for a point and a period after which the path is back, the point moving across
/// the path only.
bool close_up(GradientFlow& flow, Guess& guess, double size, Cancel cancel) {
  const auto n = static_cast<Index>(flow.dim());
  for (int i = 0; i < 20 && !is_set(cancel); ++i) {
    std::vector<double> state = guess.at;
    state.resize(static_cast<std::size_t>(n + n * n));
    for (Index k = 0; k < n; ++k) state[static_cast<std::size_t>(n + k * n + k)] = 1.0;
    FlowPath path(
        [&](std::span<const double> w, std::span<double> v) {
          flow.velocity(w, v);
          const Eigen::Map<const Eigen::MatrixXd> M(w.data() + n, n, n);
          Eigen::Map<Eigen::MatrixXd>(v.data() + n, n, n) = flow.slopes(w) * M;
        },
        state);
    const Eigen::VectorXd first = Map(path.velocity().data(), n);
    if (!(guess.period > 0.0) || !path.run_to(guess.period)) return false;
    const Eigen::VectorXd gap = Map(path.at().data(), n) - Map(guess.at.data(), n);
    if (gap.norm() < 1e-10 * size) return true;
    Eigen::MatrixXd A = Eigen::MatrixXd::Zero(n + 1, n + 1);
    A.topLeftCorner(n, n) = Eigen::Map<const Eigen::MatrixXd>(path.at().data() + n, n, n) -
                            Eigen::MatrixXd::Identity(n, n);
    A.topRightCorner(n, 1) = Map(path.velocity().data(), n);
    A.bottomLeftCorner(1, n) = first.transpose();
    Eigen::VectorXd b = Eigen::VectorXd::Zero(n + 1);
    b.head(n) = -gap;
    const Eigen::VectorXd move = A.fullPivHouseholderQr().solve(b);
    if (!move.allFinite() || move.head(n).norm() > 0.5 * size) return false;
    for (Index k = 0; k < n; ++k) guess.at[static_cast<std::size_t>(k)] += move[k];
    guess.period += move[n];
  }
  return false;
}

std::vector<double> middle_of(const Cycle& cycle) {
  std::vector<double> middle;
  for (const auto& [low, high] : cycle.extent) middle.push_back(0.5 * (low + high));
  return middle;
}

}  // namespace

void find_space_cycles(GradientFlow& flow, BoxSpan box, Cycles& found, Cancel cancel) {
  constexpr double kNeutral = 1e-5, kLeast = 1e-6;
  const double size = size_of(box);
  bool neutral = false;
  for (std::size_t k = 0; k < kStarts; ++k) {
    Stream stream(1, "cycles", k);
    std::vector<double> start;
    for (const auto& [low, high] : box) start.push_back(stream.uniform(low, high));
    for (const bool backward : {false, true}) {
      auto guess = repeating(backward ? flow.backward() : flow.forward(), start, box, cancel);
      if (!guess || !close_up(flow, *guess, size, cancel)) continue;
      auto cycle = measure_cycle(flow, guess->at, guess->period, start);
      if (cycle) cycle = measure_cycle(flow, guess->at, guess->period, middle_of(*cycle));
      if (!cycle || !lies_in(*cycle, box) || size_of(cycle->extent) < kLeast * size) continue;
      const double most = std::abs(cycle->multipliers.front());
      const double least = std::abs(cycle->multipliers.back());
      const auto is_one = [](const std::complex<double>& m) {
        return std::abs(std::abs(m) - 1.0) < kNeutral;
      };
      if (std::ranges::any_of(cycle->multipliers, is_one)) {
        neutral = true;
        continue;
      }
      cycle->kind = most < 1.0    ? CycleKind::kAttracting
                    : least > 1.0 ? CycleKind::kRepelling
                                  : CycleKind::kSaddle;
      if (std::ranges::none_of(found.cycles,
                               [&](const Cycle& known) { return same_cycle(known, *cycle); }))
        found.cycles.push_back(*std::move(cycle));
    }
  }
  found.confidence = std::to_string(kStarts) +
                     " starts in the box were followed forward and backward. Cycles that attract "
                     "none of them in either direction of time are missed.";
  if (neutral)
    found.confidence += " Closed paths with closed neighbours were met, and are not listed.";
}

}  // namespace gyre
