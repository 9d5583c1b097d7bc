#include "gyre/analysis/cycles.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "gyre/analysis/orbit.hpp"
#include "gyre/core/assert.hpp"

namespace gyre {

std::string_view to_string(CycleKind k) {
  constexpr std::array<std::string_view, 4> kNames{"attracting", "repelling", "semi-stable",
                                                   "saddle"};
  return kNames[static_cast<std::size_t>(k)];
}

double length_of(std::span<const double> v) {
  double squares = 0.0;
  for (const double x : v) squares += x * x;
  return std::sqrt(squares);
}

double size_of(BoxSpan box) {
  double size = 0.0;
  for (const auto& [low, high] : box) size = std::max(size, high - low);
  return size;
}

std::vector<std::array<double, 2>> widened(BoxSpan box, double factor) {
  std::vector<std::array<double, 2>> wide;
  for (const auto& [low, high] : box) {
    const double middle = 0.5 * (low + high), half = 0.5 * factor * (high - low);
    wide.push_back({middle - half, middle + half});
  }
  return wide;
}

bool holds(BoxSpan box, std::span<const double> w) {
  for (std::size_t i = 0; i < box.size(); ++i)
    if (!(w[i] >= box[i][0] && w[i] <= box[i][1])) return false;
  return true;
}

bool lies_in(const Cycle& cycle, BoxSpan box) {
  for (std::size_t i = 0; i < box.size(); ++i)
    if (cycle.extent[i][0] < box[i][0] || cycle.extent[i][1] > box[i][1]) return false;
  return true;
}

bool same_cycle(const Cycle& a, const Cycle& b) {
  constexpr double kSame = 1e-5;
  double size = 0.0, gap = 0.0;
  for (std::size_t i = 0; i < a.extent.size(); ++i)
    for (std::size_t side = 0; side < 2; ++side) {
      size = std::max(size, a.extent[i][1] - a.extent[i][0]);
      gap = std::max(gap, std::abs(a.extent[i][side] - b.extent[i][side]));
    }
  return gap < kSame * size && std::abs(a.period - b.period) < kSame * a.period;
}

namespace {

using Index = Eigen::Index;

/// The velocity with what its slopes do beside it: in the plane their trace, which sums up to the
/// logarithm of the one multiplier; else the matrix M' = J M.
Velocity with_slopes(GradientFlow& flow) {
  const std::size_t n = flow.dim();
  if (n == 2)
    return [&flow](std::span<const double> w, std::span<double> v) {
      flow.velocity(w, v);
      v[2] = flow.slopes(w).trace();
    };
  return [&flow, n](std::span<const double> w, std::span<double> v) {
    flow.velocity(w, v);
    const auto rows = static_cast<Index>(n);
    const Eigen::Map<const Eigen::MatrixXd> M(w.data() + n, rows, rows);
    Eigen::Map<Eigen::MatrixXd>(v.data() + n, rows, rows) = flow.slopes(w.first(n)) * M;
  };
}

std::vector<std::complex<double>> multipliers_of(std::span<const double> state, std::size_t n) {
  if (n == 2) return {std::exp(state[2])};
  const Eigen::Map<const Eigen::MatrixXd> M(state.data() + n, static_cast<Index>(n),
                                            static_cast<Index>(n));
  const Eigen::VectorXcd all = Eigen::EigenSolver<Eigen::MatrixXd>(M, false).eigenvalues();
  std::vector<std::complex<double>> multipliers(all.begin(), all.end());
  // The one along the path is one.
  multipliers.erase(std::ranges::min_element(
      multipliers, {}, [](const std::complex<double>& m) { return std::abs(m - 1.0); }));
  std::ranges::sort(multipliers, [](const auto& a, const auto& b) {
    return std::pair(std::abs(a), a.imag()) > std::pair(std::abs(b), b.imag());
  });
  return multipliers;
}

}  // namespace

std::optional<Cycle> measure_cycle(GradientFlow& flow, const std::vector<double>& at, double period,
                                   const std::vector<double>& around) {
  const std::size_t n = flow.dim();
  Cycle cycle{.period = period, .at = at, .around = around};
  cycle.extent.resize(n);
  for (std::size_t i = 0; i < n; ++i) cycle.extent[i] = {at[i], at[i]};
  const auto distance = [&](std::span<const double> w) {
    double squares = 0.0;
    for (std::size_t i = 0; i < n; ++i) squares += (w[i] - around[i]) * (w[i] - around[i]);
    return std::sqrt(squares);
  };
  cycle.nearest = cycle.farthest = distance(at);
  const auto look = [&](std::span<const double> w) {
    for (std::size_t i = 0; i < n; ++i) {
      cycle.extent[i][0] = std::min(cycle.extent[i][0], w[i]);
      cycle.extent[i][1] = std::max(cycle.extent[i][1], w[i]);
    }
    cycle.nearest = std::min(cycle.nearest, distance(w));
    cycle.farthest = std::max(cycle.farthest, distance(w));
  };

  std::vector<double> state = at;
  state.resize(n == 2 ? 3 : n + n * n);
  for (std::size_t i = 0; n > 2 && i < n; ++i) state[n + i * n + i] = 1.0;
  FlowPath path(with_slopes(flow), state);
  // Turning points of a coordinate, or of the distance, either way.
  std::vector<double> v(n);
  const auto turning = [&](std::size_t i, double sign) {
    return [&, i, sign](std::span<const double> w) {
      flow.velocity(w.first(n), v);
      if (i < n) return sign * v[i];
      double growth = 0.0;
      for (std::size_t k = 0; k < n; ++k) growth += (w[k] - around[k]) * v[k];
      return sign * growth;
    };
  };
  while (path.time() < period) {
    if (!path.step()) return std::nullopt;
    if (path.time() > period) break;
    look(path.at());
    for (std::size_t i = 0; i <= n; ++i)
      for (const double sign : {1.0, -1.0})
        if (const auto time = path.crossing(turning(i, sign))) look(path.within(*time));
  }
  const std::vector<double> end = path.time() == period ? path.at() : path.within(period);
  for (std::size_t i = 0; i < n; ++i)
    cycle.residual = std::max(cycle.residual, std::abs(end[i] - at[i]));
  cycle.multipliers = multipliers_of(end, n);
  return cycle;
}

Cycles find_cycles(const Game& game, std::span<const std::array<double, 2>> box,
                   std::span<const std::vector<double>> points, Cancel cancel) {
  GYRE_ASSERT(box.size() == game.dim());
  constexpr std::size_t kMostCoordinates = 32;
  Cycles found;
  if (!game.regions.empty()) {
    found.confidence =
        "Cycles are not looked for where players are held on simplices or in balls: the flow along "
        "their walls is not followed.";
    return found;
  }
  if (game.dim() == 1 || game.dim() > kMostCoordinates) {
    found.confidence = game.dim() == 1 ? "One variable alone cannot go round."
                                       : "Cycles are not looked for beyond 32 variables.";
    return found;
  }
  GradientFlow flow(game);
  std::vector<std::array<double, 2>> inside(box.begin(), box.end());
  bool walls = false;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const Coordinate& c = game.coordinates[i];
    walls = walls || c.is_bounded();
    inside[i] = {std::max(inside[i][0], c.low), std::min(inside[i][1], c.high)};
  }
  if (game.dim() == 2)
    find_plane_cycles(flow, inside, points, found, cancel);
  else
    find_space_cycles(flow, inside, found, cancel);
  if (walls) found.confidence += " Cycles that run along the domain's walls are not looked for.";
  if (flow.has_cases())
    found.confidence +=
        " The field has cases, bends or jumps: cycles that slide along a jump are not found.";
  std::ranges::stable_sort(found.cycles, [](const Cycle& a, const Cycle& b) {
    return std::tuple(a.around, a.nearest) < std::tuple(b.around, b.nearest);
  });
  return found;
}

}  // namespace gyre
