#pragma once

#include <Eigen/Core>

namespace gyre {

/// How much a matrix stretches, and along which directions: singular values, falling, to about
/// 1e-8 of the largest one, and the right singular vectors as columns.
struct Stretches {
  Eigen::VectorXd sizes;
  Eigen::MatrixXd directions;
};

/// By the eigenvalues of A'A: half of the digits, which is enough to see what is singular.
Stretches stretches(const Eigen::MatrixXd& A);

/// The shortest x for which A x is nearest to b, as if directions were not there that A stretches
/// by less than `cut` of the most.
Eigen::VectorXd shortest_solution(const Eigen::MatrixXd& A, const Eigen::VectorXd& b, double cut);

}  // namespace gyre
