#include "gyre/gan/metrics/frechet.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

namespace gyre::gan {

namespace {

using Symmetric = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

}  // namespace

Moments moments_of(const Features& features) {
  Moments moments{.count = features.rows()};
  const Eigen::MatrixXd x = features.cast<double>();
  moments.mean = x.colwise().mean();
  const Eigen::MatrixXd centred = x.rowwise() - moments.mean.transpose();
  const double over = std::max(1.0, static_cast<double>(x.rows() - 1));
  moments.covariance.setZero(x.cols(), x.cols());
  moments.covariance.selfadjointView<Eigen::Lower>().rankUpdate(centred.transpose(), 1.0 / over);
  moments.covariance.triangularView<Eigen::StrictlyUpper>() = moments.covariance.transpose();
  if (!moments.covariance.allFinite()) return moments;
  // Features are floats: what varies less than their rounding does not vary.
  constexpr double kRounding = 10.0 * static_cast<double>(std::numeric_limits<float>::epsilon());
  const Eigen::VectorXd values =
      Symmetric(moments.covariance, Eigen::EigenvaluesOnly).eigenvalues();
  const double scale = std::max(values.maxCoeff(), 0.0) + moments.mean.squaredNorm();
  moments.rank = (values.array() > kRounding * kRounding * scale).count();
  return moments;
}

double frechet_distance(const Moments& a, const Moments& b) {
  if (!a.covariance.allFinite() || !b.covariance.allFinite() || !a.mean.allFinite() ||
      !b.mean.allFinite())
    return std::numeric_limits<double>::infinity();
  const Symmetric of_a(a.covariance);
  const Eigen::VectorXd roots = of_a.eigenvalues().cwiseMax(0.0).cwiseSqrt();
  const Eigen::MatrixXd root =
      of_a.eigenvectors() * roots.asDiagonal() * of_a.eigenvectors().transpose();
  const Eigen::MatrixXd middle = root * b.covariance * root;
  const Eigen::VectorXd values =
      Symmetric(0.5 * (middle + middle.transpose()), Eigen::EigenvaluesOnly).eigenvalues();
  const double shared = values.cwiseMax(0.0).cwiseSqrt().sum();
  const double apart = (a.mean - b.mean).squaredNorm();
  return apart + std::max(0.0, a.covariance.trace() + b.covariance.trace() - 2.0 * shared);
}

}  // namespace gyre::gan
