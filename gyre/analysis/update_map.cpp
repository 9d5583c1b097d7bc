#include "gyre/analysis/update_map.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "gyre/analysis/singular.hpp"

namespace gyre {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;
using Eigenvalues = std::vector<std::complex<double>>;

constexpr std::size_t kLargestDense = 512;  // beyond this many numbers, no dense spectrum
constexpr std::size_t kLargestLong = 64;    // up to this many, eigenvalues in long doubles
constexpr std::size_t kLargestQuick = 16;   // ... where many of them are wanted
constexpr double kWalk = 0.05;              // along states at rest, as a share of 1 + their length

template <class T>
bool eigenvalues(const Matrix& matrix, Eigenvalues& all) {
  using Wide = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  const Eigen::EigenSolver<Wide> solver(matrix.cast<T>(), false);
  if (solver.info() != Eigen::Success) return false;
  for (const std::complex<T>& e : solver.eigenvalues()) all.emplace_back(e);
  return true;
}

/// Where eigenvalues meet, only half of the digits are left of them: long ones, while they are few.
bool eigenvalues(const Matrix& matrix, std::size_t most_long, Eigenvalues& all) {
  return matrix.rows() <= static_cast<Index>(most_long) ? eigenvalues<long double>(matrix, all)
                                                        : eigenvalues<double>(matrix, all);
}

/// The largest length but for the `neutral` ones that are nearest to 1.
double radius_of(Eigenvalues all, std::size_t neutral) {
  std::ranges::stable_sort(all, {}, [](const auto& e) { return std::abs(e - 1.0); });
  double radius = 0.0;
  for (std::size_t i = neutral; i < all.size(); ++i) radius = std::max(radius, std::abs(all[i]));
  return radius;
}

std::span<const double> numbers(const Vector& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}

/// Whether a step from several places around goes as the Jacobian says. Where it does not, what is
/// left must not vanish as one comes closer: else it is curvature. The places are where one step
/// leads to, so that they lie in the domain, and their memory fits them.
bool has_slope(const Program& program, const Linearised& map, std::span<const double> rest,
               std::span<const double> knobs) {
  constexpr std::size_t kWays = 4;
  constexpr double kFar = 1e-5, kNear = kFar / 4.0, kKink = 1e-3, kVanishes = 0.6;
  Interpreter step(program, 4 * kWays);  // each way far and near, on both sides
  const auto size = static_cast<Index>(rest.size());
  Matrix moves(size, 4 * kWays);
  for (Index i = 0; i < size; ++i)
    for (std::size_t lane = 0; lane < 4 * kWays; ++lane) {
      const auto input = static_cast<std::size_t>(i);
      const double way =
          std::cos(1.0 + static_cast<double>(lane / 4) + 2.399963229728653 * double(i));
      const double side = lane % 2 == 0 ? 1.0 : -1.0, far = lane % 4 < 2 ? kFar : kNear;
      step.input(input)[lane] = rest[input] + side * far * way * (1.0 + std::abs(rest[input]));
    }
  for (std::size_t k = 0; k < knobs.size(); ++k)
    std::ranges::fill(step.input(rest.size() + k), knobs[k]);
  step.run();
  for (Index i = 0; i < size; ++i)
    for (std::size_t lane = 0; lane < 4 * kWays; ++lane)
      moves(i, static_cast<Index>(lane)) =
          step.input(static_cast<std::size_t>(i))[lane] - rest[static_cast<std::size_t>(i)];
  step.run();
  const double scale = kKink * (1.0 + map.jacobian.norm());
  double left[4 * kWays];
  for (std::size_t lane = 0; lane < 4 * kWays; ++lane) {
    const auto move = moves.col(static_cast<Index>(lane));
    Vector off = -map.value - map.jacobian * move;
    for (Index i = 0; i < size; ++i) off[i] += step.input(static_cast<std::size_t>(i))[lane];
    left[lane] = off.norm() / move.norm();
  }
  for (std::size_t lane = 0; lane < 4 * kWays; ++lane)
    if (lane % 4 < 2 && left[lane] > scale && left[lane + 2] > kVanishes * left[lane]) return false;
  return true;  // where the map is not even defined beside the point, nothing speaks against it
}

}  // namespace

std::vector<double> knob_values(const Traced& traced) {
  std::vector<double> values;
  for (const Knob& k : traced.knobs) values.push_back(k.value);
  return values;
}

UpdateMap::UpdateMap(const Traced& traced) : traced_(traced) {
  if (traced.state() <= kLargestDense)
    map_.emplace(*traced.graph, traced.next, traced.state_symbols, traced.knob_symbols);
}

std::optional<std::vector<double>> UpdateMap::rest(std::span<const double> at,
                                                   std::span<const double> knobs) {
  constexpr std::size_t kPatience = 8192;
  constexpr double kStill = 1e-12, kThere = 1e-9;
  const Traced& t = traced_;
  Interpreter start(t.start, 1), step(t.step, 1);
  for (std::size_t i = 0; i < t.dim; ++i) start.input(i)[0] = step.input(i)[0] = at[i];
  for (std::size_t k = 0; k < knobs.size(); ++k)
    start.input(t.dim + k)[0] = step.input(t.state() + k)[0] = knobs[k];
  start.run();
  for (std::size_t i = t.dim; i < t.state(); ++i) step.input(i)[0] = start.output(i - t.dim)[0];
  std::vector<double> state(t.state());
  for (const std::size_t times : {std::size_t{1}, kPatience, std::size_t{1}}) {
    for (std::size_t i = 0; i < state.size(); ++i) state[i] = step.input(i)[0];
    step.run(times);
    bool still = true;
    for (std::size_t i = 0; i < state.size(); ++i) {
      const double now = step.input(i)[0];
      if (!(std::abs(now - state[i]) <= kStill * (1.0 + std::abs(now)))) still = false;
      if (i < t.dim && !(std::abs(now - at[i]) <= kThere * (1.0 + std::abs(now)))) {
        why_ = std::isfinite(now) ? "it does not stand still at this point"
                                  : "its step is not defined at this point";
        return std::nullopt;
      }
    }
    if (still && times == 1) return state;
  }
  why_ = "its memory never settles";
  return std::nullopt;
}

bool UpdateMap::look(std::span<const double> at, std::span<const double> knobs) {
  if (!map_) {
    why_ = "there are too many numbers for a dense spectrum";
    return false;
  }
  const auto state = rest(at, knobs);
  if (!state) return false;
  rest_ = *state;
  map_->at(rest_, knobs);
  if (map_->jacobian.allFinite()) return true;
  why_ = "its step has no slope at this point";
  return false;
}

/// Corrects a state by Gauss-Newton steps in its last `free` numbers until it is at rest; false
/// where that fails. The Jacobian is then the one there.
bool UpdateMap::settle(Eigen::VectorXd& state, std::span<const double> knobs, Index free) {
  constexpr double kCut = 1e-6, kStill = 1e-12;
  constexpr int kCorrections = 12;
  const Matrix unit = Matrix::Identity(state.size(), state.size());
  for (int i = 0;; ++i) {
    map_->at(numbers(state), knobs);
    const Vector gap = map_->value - state;
    const double left = gap.norm();
    if (!std::isfinite(left) || !map_->jacobian.allFinite()) return false;
    if (i == kCorrections) return left <= kStill * (1.0 + state.norm());
    state.tail(free) -= shortest_solution((map_->jacobian - unit).rightCols(free), gap, kCut);
  }
}

/// Along a line of states at rest one can walk away and still be at rest. So every direction in
/// which the map does not move to first order is walked for a bit, and the place corrected; where
/// that leads back, the direction is degenerate and not neutral.
std::size_t UpdateMap::neutral(std::span<const double> rest, std::span<const double> knobs) {
  constexpr double kSingular = 1e-7, kAway = 0.3;
  const Vector here = Eigen::Map<const Vector>(rest.data(), static_cast<Index>(rest.size()));
  map_->at(rest, knobs);
  const Matrix moves = map_->jacobian - Matrix::Identity(here.size(), here.size());
  if (!moves.allFinite()) return 0;
  const Stretches moved = stretches(moves);
  const double least = kSingular * moved.sizes(0);
  const double walk = kWalk * (1.0 + here.norm());
  Matrix walked = Matrix::Zero(here.size(), 0);
  for (Index k = 0; k < here.size(); ++k) {
    if (moved.sizes(k) > least) continue;
    for (const double side : {walk, -walk}) {
      Vector z = here + side * moved.directions.col(k);
      if (!settle(z, knobs, z.size())) continue;
      walked.conservativeResize(Eigen::NoChange, walked.cols() + 1);
      walked.rightCols(1) = (z - here) / walk;
      break;
    }
  }
  if (walked.cols() == 0) return 0;
  return static_cast<std::size_t>((stretches(walked).sizes.array() > kAway).count());
}

/// Memory that no longer moves may hold what a run has met. Other values of it, found as above with
/// the point held still, are then as good, and the radius must not depend on which.
bool UpdateMap::remembers(std::span<const double> knobs, const Spectrum& spectrum) {
  constexpr double kSingular = 1e-7, kSame = 1e-6;
  const auto memory = static_cast<Index>(traced_.state() - traced_.dim);
  if (memory == 0) return false;
  const Vector here = Eigen::Map<const Vector>(rest_.data(), static_cast<Index>(rest_.size()));
  map_->at(rest_, knobs);
  const Matrix moves = map_->jacobian - Matrix::Identity(here.size(), here.size());
  const Stretches moved = stretches(moves.rightCols(memory));
  const double least = kSingular * moves.norm();
  const double walk = kWalk * (1.0 + here.norm());
  for (Index k = 0; k < memory; ++k) {
    if (moved.sizes(k) > least) continue;
    for (const double side : {walk, -walk}) {
      Vector z = here;
      z.tail(memory) += side * moved.directions.col(k);
      Eigenvalues all;
      if (!settle(z, knobs, memory) || !eigenvalues(map_->jacobian, kLargestQuick, all)) continue;
      const double radius = radius_of(std::move(all), spectrum.neutral);
      if (!(std::abs(radius - spectrum.radius) <= kSame)) return true;
    }
  }
  return false;
}

std::optional<Spectrum> UpdateMap::spectrum(std::span<const double> at,
                                            std::span<const double> knobs) {
  if (!look(at, knobs)) return std::nullopt;
  if (!has_slope(traced_.step, *map_, rest_, knobs)) {
    why_ = "its step has no slope at this point";
    return std::nullopt;
  }
  Spectrum spectrum;
  if (!eigenvalues(map_->jacobian, kLargestLong, spectrum.eigenvalues)) {
    why_ = "its eigenvalues cannot be computed";
    return std::nullopt;
  }
  spectrum.neutral = neutral(rest_, knobs);
  if (spectrum.neutral == spectrum.eigenvalues.size()) {
    why_ = "everything stands still near this point";
    return std::nullopt;
  }
  std::ranges::stable_sort(spectrum.eigenvalues, [](const auto& a, const auto& b) {
    return std::abs(a) != std::abs(b) ? std::abs(a) > std::abs(b) : a.imag() > b.imag();
  });
  spectrum.radius = radius_of(spectrum.eigenvalues, spectrum.neutral);
  if (remembers(knobs, spectrum)) {
    why_ = "its step depends on what it has seen";
    return std::nullopt;
  }
  return spectrum;
}

std::optional<double> UpdateMap::radius(std::span<const double> at, std::span<const double> knobs,
                                        std::size_t neutral) {
  Eigenvalues all;
  if (!look(at, knobs) || !eigenvalues(map_->jacobian, kLargestQuick, all)) return std::nullopt;
  return radius_of(std::move(all), neutral);
}

}  // namespace gyre
