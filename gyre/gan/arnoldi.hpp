#pragma once

#include <Eigen/Core>
#include <complex>
#include <cstdint>
#include <functional>
#include <vector>

namespace gyre::gan {

/// A linear map, by what it does to vectors.
using LinearMap = std::function<Eigen::VectorXd(const Eigen::VectorXd&)>;

/// An eigenvalue as far as it is known.
struct Ritz {
  std::complex<double> value;
  /// Length of A x - value x for its vector x of length one, as a share of the value's magnitude.
  double residual = 0.0;
};

struct RitzOptions {
  int products = 30;  ///< at most; maps that are no larger are written out instead
  std::uint64_t seed = 1;
};

/// Eigenvalues of a map without symmetry, largest magnitude first, conjugates side by side: those
/// of the space that Arnoldi's method reaches with so many products (Saad, Numerical Methods for
/// Large Eigenvalue Problems, 2011, chapter 6). Those far out are right long before the others.
/// None if a product is not finite.
std::vector<Ritz> leading_eigenvalues(const LinearMap& A, Eigen::Index size,
                                      const RitzOptions& options = {});

/// The same for a symmetric map, least first. The ends lie inside the true ones, never outside.
std::vector<Ritz> symmetric_eigenvalues(const LinearMap& A, Eigen::Index size,
                                        const RitzOptions& options = {});

}  // namespace gyre::gan
