#include "gyre/gan/arnoldi.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "gyre/core/random.hpp"

namespace gyre::gan {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A in an orthonormal basis of a Krylov space, and how far the space is from being invariant.
struct Projected {
  MatrixXd H;
  double beyond = 0.0;
};

Projected written_out(const LinearMap& A, Index size) {
  MatrixXd all(size, size);
  for (Index i = 0; i < size; ++i) all.col(i) = A(VectorXd::Unit(size, i));
  return {std::move(all), 0.0};
}

Projected project(const LinearMap& A, Index size, const RitzOptions& options) {
  constexpr double kNothing = 1e-13;
  const Index most = std::max(options.products, 1);
  if (size <= most) return written_out(A, size);
  MatrixXd V(size, most), H = MatrixXd::Zero(most, most);
  Stream stream(options.seed, "arnoldi");
  VectorXd next(size);
  for (double& x : next) x = stream.normal();
  next.normalize();
  for (Index k = 0; k < most; ++k) {
    V.col(k) = next;
    next = A(V.col(k));
    const double before = next.norm();
    if (!std::isfinite(before)) return {};
    for (int round = 0; round < 2; ++round) {  // the second one mends the first one's roundings
      const VectorXd part = V.leftCols(k + 1).transpose() * next;
      next -= V.leftCols(k + 1) * part;
      H.col(k).head(k + 1) += part;
    }
    const double beyond = next.norm();
    if (beyond <= kNothing * before || k + 1 == most)
      return {H.topLeftCorner(k + 1, k + 1), beyond <= kNothing * before ? 0.0 : beyond};
    H(k + 1, k) = beyond;
    next /= beyond;
  }
  return {};
}

double share(double residual, double magnitude) {
  return residual == 0.0 ? 0.0 : residual / std::max(magnitude, 1e-300);
}

}  // namespace

std::vector<Ritz> leading_eigenvalues(const LinearMap& A, Index size, const RitzOptions& options) {
  const Projected p = project(A, size, options);
  if (p.H.size() == 0 || !p.H.allFinite()) return {};
  const Eigen::EigenSolver<MatrixXd> solver(p.H);
  if (solver.info() != Eigen::Success) return {};
  std::vector<Ritz> all;
  for (Index i = 0; i < p.H.cols(); ++i) {
    const std::complex<double> value = solver.eigenvalues()[i];
    const Eigen::VectorXcd y = solver.eigenvectors().col(i).normalized();
    all.push_back({value, share(p.beyond * std::abs(y[y.size() - 1]), std::abs(value))});
  }
  // Conjugates are neighbours in Eigen's order, with the same magnitude to the last bit.
  std::stable_sort(all.begin(), all.end(), [](const Ritz& a, const Ritz& b) {
    return std::abs(a.value) > std::abs(b.value);
  });
  return all;
}

std::vector<Ritz> symmetric_eigenvalues(const LinearMap& A, Index size,
                                        const RitzOptions& options) {
  const Projected p = project(A, size, options);
  if (p.H.size() == 0 || !p.H.allFinite()) return {};
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(0.5 * (p.H + p.H.transpose()));
  if (solver.info() != Eigen::Success) return {};
  std::vector<Ritz> all;
  for (Index i = 0; i < p.H.cols(); ++i) {
    const double value = solver.eigenvalues()[i];
    const double last = solver.eigenvectors()(p.H.rows() - 1, i);
    all.push_back({value, share(p.beyond * std::abs(last), std::abs(value))});
  }
  return all;
}

}  // namespace gyre::gan
