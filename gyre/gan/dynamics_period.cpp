#include "gyre/gan/dynamics_period.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace gyre::gan {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr std::size_t kMost = 4096;  // numbers; of more, neighbours are averaged
constexpr Index kTurns = 4;          // in the series, at least
constexpr Index kPlaces = 3;         // a turn, at least
constexpr double kChance = 1e-3, kShare = 0.2;
constexpr double kHarmonic = 0.5;  // of a peak's share, that makes it another's harmonic
constexpr double kLongestMemory = 0.999;

VectorXd thinned(std::span<const double> series, std::size_t by) {
  VectorXd all(static_cast<Index>(series.size() / by));
  for (Index i = 0; i < all.size(); ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < by; ++k) sum += series[static_cast<std::size_t>(i) * by + k];
    all[i] = sum / static_cast<double>(by);
  }
  return all;
}

VectorXd without_parabola(const VectorXd& series) {
  const Index n = series.size();
  Eigen::MatrixXd basis(n, 3);
  const VectorXd t = VectorXd::LinSpaced(n, -1.0, 1.0);
  basis.col(0).setOnes();
  basis.col(1) = t;
  basis.col(2) = t.array().square();
  return series - basis * basis.householderQr().solve(series);
}

double one_step_memory(const VectorXd& rest) {
  const Index n = rest.size();
  return std::clamp(rest.head(n - 1).dot(rest.tail(n - 1)) / rest.squaredNorm(), 0.0,
                    kLongestMemory);
}

/// Of the frequencies 1, 2, ... turns in the series, as shares of their sum; tapered by a cosine,
/// so that slow waves do not leak into fast ones.
VectorXd periodogram(const VectorXd& rest) {
  const Index n = rest.size();
  VectorXd power(n / 2);
  VectorXd tapered = rest;
  for (Index i = 0; i < n; ++i)
    tapered[i] *= 1.0 - std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) /
                                 static_cast<double>(n));
  std::vector<std::complex<double>> turn(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    turn[static_cast<std::size_t>(i)] =
        std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
  for (Index k = 1; k <= n / 2; ++k) {
    std::complex<double> sum = 0.0;
    for (Index i = 0, at = 0; i < n; ++i, at = (at + k) % n)
      sum += tapered[i] * turn[static_cast<std::size_t>(at)];
    power[k - 1] = std::norm(sum);
  }
  return power / power.sum();
}

/// What noise of this memory has on average there.
VectorXd background(Index n, double memory) {
  VectorXd power(n / 2);
  for (Index k = 1; k <= n / 2; ++k) {
    const double turn = 2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n);
    power[k - 1] = 1.0 / (1.0 - 2.0 * memory * std::cos(turn) + memory * memory);
  }
  return power / power.sum();
}

/// What a sine at or beside a frequency comes to, wherever it is between two.
double peak_at(const VectorXd& power, Index k) { return power.segment(k - 2, 3).sum(); }

/// The share of a peak, and of those at two and three times its frequency: its shape.
double share_of(const VectorXd& power, Index k) {
  double sum = 0.0;
  Index counted = 0;
  for (Index multiple = 1; multiple <= 3; ++multiple)
    for (Index i = std::max(multiple * k - 2, counted); i <= multiple * k + 2; ++i)
      if (i >= 1 && i <= power.size()) sum += power[i - 1], counted = i + 1;
  return sum;
}

}  // namespace

Oscillation find_period(std::span<const double> series) {
  Oscillation result;
  if (series.size() < Oscillation::kFewest) return result;
  const std::size_t by = (series.size() + kMost - 1) / kMost;
  const VectorXd all = thinned(series, by);
  if (!all.allFinite()) return result;
  const double scale = all.cwiseAbs().maxCoeff();
  const VectorXd rest = without_parabola(all);
  if (!(rest.cwiseAbs().maxCoeff() > 1e-9 * scale)) return result;
  const Index n = rest.size();
  const VectorXd power = periodogram(rest), noise = background(n, one_step_memory(rest));
  const Index fastest = n / kPlaces, tested = fastest - kTurns + 1;
  const double factor = -std::log(1.0 - std::pow(1.0 - kChance, 1.0 / static_cast<double>(tested)));
  Index best = 0;
  for (Index k = kTurns; k <= fastest; ++k) {
    result.periods.push_back(static_cast<double>(by) * static_cast<double>(n) /
                             static_cast<double>(k));
    result.power.push_back(power[k - 1]);
    result.threshold.push_back(factor * noise[k - 1]);
    const bool peak = power[k - 1] > power[k - 2] && power[k - 1] >= power[k];
    if (peak && (best == 0 || peak_at(power, k) > peak_at(power, best))) best = k;
  }
  if (best == 0) return result;
  const Index strongest = best;
  // What is far from a sine may have as much at twice or three times its frequency.
  for (const Index multiple : {3, 2}) {
    Index lower = 0;
    for (Index k = best / multiple; k <= best / multiple + 1; ++k)
      if (k >= kTurns && peak_at(power, k) > kHarmonic * peak_at(power, best) &&
          (lower == 0 || power[k - 1] > power[lower - 1]))
        lower = k;
    if (lower == 0) continue;
    best = lower;
    break;
  }
  // Between two frequencies of the series, by the weights on either side.
  const double low = power[best - 2], high = power[best], top = power[best - 1];
  const double place = static_cast<double>(best) + (high - low) / (low + top + high);
  result.period = static_cast<double>(by) * static_cast<double>(n) / place;
  result.strength = std::min(share_of(power, best), 1.0);
  const double beyond = std::exp(-power[strongest - 1] / noise[strongest - 1]);
  result.chance = -std::expm1(static_cast<double>(tested) * std::log1p(-std::min(beyond, 1.0)));
  result.found = result.chance < kChance && result.strength >= kShare;
  return result;
}

}  // namespace gyre::gan
