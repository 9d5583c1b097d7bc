#include "gyre/analysis/update_map.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

namespace gyre {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;
using Eigenvalues = std::vector<std::complex<double>>;

constexpr std::size_t kLargestDense = 512;  // beyond this many numbers, no dense spectrum
constexpr std::size_t kLargestLong = 64;    // up to this many, eigenvalues in long doubles
constexpr std::size_t kLargestQuick = 16;   // ... where many of them are wanted

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

/// Along a line of states at rest one can walk away and still be at rest. So every direction in
/// which the map does not move to first order is walked for a bit, and the place corrected by
/// Gauss-Newton steps; where that leads back, the direction is degenerate and not neutral.
std::size_t UpdateMap::neutral(std::span<const double> rest, std::span<const double> knobs) {
  constexpr double kSingular = 1e-9, kCut = 1e-6, kWalk = 0.05, kStill = 1e-12, kAway = 0.3;
  constexpr int kCorrections = 12;
  const Vector here = Eigen::Map<const Vector>(rest.data(), static_cast<Index>(rest.size()));
  const Matrix unit = Matrix::Identity(here.size(), here.size());
  map_->at(rest, knobs);
  const Matrix moves = map_->jacobian - unit;
  if (!moves.allFinite()) return 0;
  Eigen::ColPivHouseholderQR<Matrix> quick(moves);
  quick.setThreshold(kSingular);
  if (quick.rank() == moves.rows()) return 0;
  const Eigen::BDCSVD<Matrix> svd(moves, Eigen::ComputeFullV);
  const double largest = std::max(svd.singularValues()(0), 1e-300);
  const double walk = kWalk * (1.0 + here.norm());
  Matrix walked = Matrix::Zero(here.size(), 0);
  for (Index k = 0; k < here.size(); ++k) {
    if (svd.singularValues()(k) > kSingular * largest) continue;
    for (const double side : {walk, -walk}) {
      Vector z = here + side * svd.matrixV().col(k);
      double left = 0.0;
      for (int i = 0; i <= kCorrections; ++i) {
        map_->at(numbers(z), knobs);
        const Vector gap = map_->value - z;
        left = gap.norm();
        if (!std::isfinite(left) || !map_->jacobian.allFinite() || i == kCorrections) break;
        Eigen::BDCSVD<Matrix> step(map_->jacobian - unit,
                                   Eigen::ComputeThinU | Eigen::ComputeThinV);
        step.setThreshold(kCut);
        z -= step.solve(gap);
      }
      if (!(left <= kStill * (1.0 + z.norm()))) continue;
      walked.conservativeResize(Eigen::NoChange, walked.cols() + 1);
      walked.rightCols(1) = (z - here) / walk;
      break;
    }
  }
  if (walked.cols() == 0) return 0;
  const Eigen::BDCSVD<Matrix> ways(walked);
  return static_cast<std::size_t>((ways.singularValues().array() > kAway).count());
}

std::optional<Spectrum> UpdateMap::spectrum(std::span<const double> at,
                                            std::span<const double> knobs) {
  if (!look(at, knobs)) return std::nullopt;
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
  return spectrum;
}

std::optional<double> UpdateMap::radius(std::span<const double> at, std::span<const double> knobs,
                                        std::size_t neutral) {
  Eigenvalues all;
  if (!look(at, knobs) || !eigenvalues(map_->jacobian, kLargestQuick, all)) return std::nullopt;
  return radius_of(std::move(all), neutral);
}

}  // namespace gyre
