#include "gyre/analysis/singular.hpp"

#include <Eigen/Eigenvalues>

namespace gyre {

Stretches stretches(const Eigen::MatrixXd& A) {
  const Eigen::MatrixXd squares = A.transpose() * A;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(squares);
  return {solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().reverse(),
          solver.eigenvectors().rowwise().reverse()};
}

Eigen::VectorXd shortest_solution(const Eigen::MatrixXd& A, const Eigen::VectorXd& b, double cut) {
  const Stretches s = stretches(A);
  Eigen::VectorXd along = s.directions.transpose() * (A.transpose() * b);
  for (Eigen::Index i = 0; i < along.size(); ++i)
    along[i] = s.sizes[i] > cut * s.sizes[0] ? along[i] / (s.sizes[i] * s.sizes[i]) : 0.0;
  return s.directions * along;
}

}  // namespace gyre
