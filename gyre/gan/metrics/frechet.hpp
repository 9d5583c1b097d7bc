#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "gyre/gan/metrics/features.hpp"

namespace gyre::gan {

/// Mean and covariance of features, and in how many directions they vary at all.
struct Moments {
  std::int64_t count = 0;
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;  ///< over count - 1
  std::int64_t rank = 0;       ///< of the covariance, up to rounding
};

/// Of at least one sample. The covariance of one is zero.
Moments moments_of(const Features& features);

/// The Fréchet distance of two Gaussians with these moments, squared, as FID is (Heusel et al.
/// 2017): |m - n|^2 + tr(S + T - 2 (S^{1/2} T S^{1/2})^{1/2}). Both roots are of symmetric
/// matrices, by their eigenvalues, negative ones of rounding being zero, so that it is a number
/// whatever the ranks. Infinite where a moment is not finite.
double frechet_distance(const Moments& a, const Moments& b);

}  // namespace gyre::gan
