#include "gyre/gan/dynamics_plane.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <numbers>

namespace gyre::gan {

namespace {

/// Random bits of a number (Steele, Lea and Flood 2014: SplitMix).
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

}  // namespace

void add_to_sketch(std::span<const float> numbers, std::uint64_t first, std::uint64_t seed,
                   std::span<double> sketch) {
  constexpr std::size_t kPlaces = 4, kPart = kSketch / kPlaces;
  const std::uint64_t key = mixed(seed);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::uint64_t bits = mixed(key ^ (first + i));
    const double value = 0.5 * static_cast<double>(numbers[i]);  // 1/sqrt(places)
    for (std::size_t part = 0; part < kPlaces; ++part, bits >>= 16) {
      const std::size_t place = part * kPart + (bits >> 1) % kPart;
      sketch[place] += (bits & 1) != 0 ? value : -value;
    }
  }
}

Plane principal_plane(std::span<const std::vector<float>> rows) {
  Plane plane;
  if (rows.empty() || rows[0].empty()) return plane;
  const auto n = static_cast<Eigen::Index>(rows.size());
  const auto size = static_cast<Eigen::Index>(rows[0].size());
  Eigen::MatrixXd all(n, size);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index k = 0; k < size; ++k)
      all(i, k) =
          static_cast<double>(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)]);
  all.rowwise() -= all.colwise().mean().eval();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(all.transpose() * all);
  const double total = solver.eigenvalues().sum();
  for (const int which : {0, 1}) {
    std::vector<double>& to = which == 0 ? plane.x : plane.y;
    to.assign(rows.size(), 0.0);
    if (which >= size || !(total > 0.0)) continue;
    Eigen::VectorXd direction = solver.eigenvectors().col(size - 1 - which);
    Eigen::Index largest = 0;
    direction.cwiseAbs().maxCoeff(&largest);
    if (direction[largest] < 0.0) direction = -direction;
    const Eigen::VectorXd along = all * direction;
    to.assign(along.begin(), along.end());
    plane.share[static_cast<std::size_t>(which)] = solver.eigenvalues()[size - 1 - which] / total;
  }
  return plane;
}

double turns_about_middle(const Plane& plane) {
  double turned = 0.0;
  for (std::size_t i = 1; i < plane.x.size(); ++i) {
    const double cross = plane.x[i - 1] * plane.y[i] - plane.y[i - 1] * plane.x[i];
    const double along = plane.x[i - 1] * plane.x[i] + plane.y[i - 1] * plane.y[i];
    turned += std::atan2(cross, along);
  }
  return turned / (2.0 * std::numbers::pi);
}

}  // namespace gyre::gan
