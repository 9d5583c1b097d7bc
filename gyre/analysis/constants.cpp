#include "gyre/analysis/constants.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "gyre/analysis/flow.hpp"
#include "gyre/core/assert.hpp"
#include "gyre/core/random.hpp"

namespace gyre {

namespace {

using BoxSpan = std::span<const std::array<double, 2>>;
using Matrix = Eigen::MatrixXd;
using Measure = std::function<double(std::span<const double>)>;
using Cancel = const std::atomic<bool>*;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_set(Cancel cancel) { return cancel && cancel->load(std::memory_order_relaxed); }

/// The places to begin with: a grid with both ends in the plane, else anywhere.
void for_each_place(BoxSpan box, const std::function<void(std::span<const double>)>& visit) {
  constexpr int kSide = 128, kRandom = 8192;
  std::vector<double> w(box.size());
  if (box.size() <= 2) {
    const int rows = box.size() == 2 ? kSide : 0;
    for (int j = 0; j <= rows; ++j)
      for (int i = 0; i <= kSide; ++i) {
        w[0] = std::lerp(box[0][0], box[0][1], static_cast<double>(i) / kSide);
        if (rows > 0) w[1] = std::lerp(box[1][0], box[1][1], static_cast<double>(j) / kSide);
        visit(w);
      }
    return;
  }
  for (int i = 0; i < kRandom; ++i) {
    Stream stream(1, "constants", static_cast<std::uint64_t>(i));
    for (std::size_t k = 0; k < w.size(); ++k) w[k] = stream.uniform(box[k][0], box[k][1]);
    visit(w);
  }
}

/// From a place, along axes and diagonals of the plane, by steps that shrink where none helps.
Extreme improve(Extreme best, const Measure& f, BoxSpan box, Cancel cancel) {
  const std::size_t n = box.size();
  const int most = static_cast<int>(20000 / (n * n));
  double share = 1.0 / 64;
  for (int moves = 0; share > 1e-12 && moves < most && !is_set(cancel); ++moves) {
    Extreme next = best;
    const auto look = [&](std::vector<double> w) {
      for (std::size_t k = 0; k < n; ++k) w[k] = std::clamp(w[k], box[k][0], box[k][1]);
      const double value = f(w);
      if (value < next.value) next = {value, std::move(w)};
    };
    for (std::size_t k = 0; k < n; ++k)
      for (const double sign : {1.0, -1.0}) {
        std::vector<double> w = best.at;
        w[k] += sign * share * (box[k][1] - box[k][0]);
        if (n == 2)
          for (const double other : {1.0, -1.0}) {
            std::vector<double> aslant = w;
            aslant[1 - k] += other * share * (box[1 - k][1] - box[1 - k][0]);
            look(std::move(aslant));
          }
        look(std::move(w));
      }
    if (next.value < best.value)
      best = std::move(next);
    else
      share *= 0.5;
  }
  return best;
}

/// The least value over the box; nothing if there is no finite one, or it was cancelled.
std::optional<Extreme> least(const Measure& f, BoxSpan box, Cancel cancel) {
  const std::size_t places = box.size() <= 2 ? 8 : 2;
  std::vector<Extreme> kept;
  for_each_place(box, [&](std::span<const double> w) {
    if (is_set(cancel)) return;
    const double value = f(w);
    if (std::isnan(value) || (kept.size() == places && value >= kept.back().value)) return;
    if (kept.size() == places) kept.pop_back();
    const auto place = std::ranges::upper_bound(kept, value, {}, &Extreme::value);
    kept.insert(place, {value, {w.begin(), w.end()}});
  });
  if (kept.empty()) return std::nullopt;
  Extreme best = kept.front();
  for (Extreme& k : kept) {
    Extreme improved = improve(std::move(k), f, box, cancel);
    if (improved.value < best.value) best = std::move(improved);
  }
  return is_set(cancel) ? std::nullopt : std::optional(best);
}

double monotonicity_of(const Matrix& J) {
  const Matrix symmetric = 0.5 * (J + J.transpose());
  return Eigen::SelfAdjointEigenSolver<Matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues()[0];
}

}  // namespace

std::optional<FieldConstants> field_constants(const Game& game, BoxSpan box, Cancel cancel) {
  GYRE_ASSERT(box.size() == game.dim());
  GradientFlow flow(game);
  bool finite = true;
  const auto measured = [&](const std::function<double(const Matrix&)>& of) {
    return least(
        [&](std::span<const double> w) {
          const Matrix J = -flow.slopes(w);
          if (J.allFinite()) return of(J);
          finite = false;
          return kInfinity;
        },
        box, cancel);
  };
  auto lipschitz =
      measured([](const Matrix& J) { return -Eigen::JacobiSVD<Matrix>(J).singularValues()[0]; });
  auto monotone = measured(monotonicity_of);
  if (!finite || !lipschitz || !monotone) return std::nullopt;
  lipschitz->value = -lipschitz->value;
  monotone->value += 0.0;  // no negative zero
  return FieldConstants{*std::move(lipschitz), *std::move(monotone)};
}

std::optional<Extreme> weak_minty(const Game& game, BoxSpan box, std::span<const double> solution,
                                  Cancel cancel) {
  GYRE_ASSERT(box.size() == game.dim() && solution.size() == game.dim());
  if (!game.regions.empty()) return std::nullopt;
  constexpr double kNear = 1e-6;  // nearer to the solution, rounding decides
  constexpr double kVanishes = 1e-7;
  GradientFlow flow(game);
  std::vector<double> v(game.dim());
  double size = 0.0, longest = 0.0;
  for (const auto& [low, high] : box) size = std::max(size, high - low);
  const auto squares = [&] {
    double sum = 0.0;
    for (const double x : v) sum += x * x;
    return sum;
  };
  const Measure ratio = [&](std::span<const double> w) {
    flow.velocity(w, v);
    double product = 0.0, distance = 0.0;
    for (std::size_t i = 0; i < v.size(); ++i) {
      product -= v[i] * (w[i] - solution[i]);
      distance += (w[i] - solution[i]) * (w[i] - solution[i]);
    }
    const double speed = squares();
    if (!std::isfinite(speed) || distance < kNear * kNear * size * size) return kInfinity;
    longest = std::max(longest, speed);
    return speed > 0.0 ? product / speed : kInfinity;
  };
  std::optional<Extreme> found = least(ratio, box, cancel);
  if (!found || !std::isfinite(found->value)) return std::nullopt;
  flow.velocity(found->at, v);
  double distance = 0.0;
  for (std::size_t i = 0; i < v.size(); ++i)
    distance = std::max(distance, std::abs(found->at[i] - solution[i]));
  if (squares() < kVanishes * kVanishes * longest && distance > 1e3 * kNear * size)
    found->value = -kInfinity;
  return found;
}

Rotation rotation_at(const Game& game, std::span<const double> at) {
  GradientFlow flow(game);
  const Matrix J = -flow.slopes(at);
  Rotation rotation;
  if (!J.allFinite() || J.norm() == 0.0) return rotation;
  rotation.share = (0.5 * (J - J.transpose())).norm() / J.norm();
  const Eigen::VectorXcd eigenvalues = J.eigenvalues();
  for (const std::complex<double>& e : eigenvalues)
    if (std::abs(e) > 1e-12 * J.norm())
      rotation.of_eigenvalues = std::max(rotation.of_eigenvalues, std::abs(e.imag()) / std::abs(e));
  return rotation;
}

}  // namespace gyre
