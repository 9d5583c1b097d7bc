#pragma once

#include <Eigen/SparseCore>
#include <complex>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "gyre/games/game.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

/// The field of a game with many coordinates, most of which have nothing to do with each other: of
/// its Jacobian only what is not zero is computed and kept. Domains are left aside.
class SparseField {
 public:
  explicit SparseField(const Game& game);

  void at(std::span<const double> point);

  Eigen::VectorXd value;
  Eigen::SparseMatrix<double> jacobian;

 private:
  std::vector<double> parameters_;
  std::vector<Eigen::Index> rows_, columns_;  // of the entries that are computed
  std::unique_ptr<const Program> program_;
  std::unique_ptr<Interpreter> run_;
};

/// Newton's steps with a sparse solve each, halved where they lead uphill. Nothing if they do not
/// come to a residual of 1e-12 (1 + length), or meet a singular Jacobian.
std::optional<std::vector<double>> sparse_root(SparseField& field, std::span<const double> guess);

/// The ends of a spectrum, by Arnoldi iterations; each list as far as it converged, at most `count`
/// long.
struct SpectrumEnds {
  std::vector<std::complex<double>> largest;    ///< in length
  std::vector<std::complex<double>> leftmost;   ///< least real part first
  std::vector<std::complex<double>> rightmost;  ///< greatest real part first
};

SpectrumEnds spectrum_ends(const Eigen::SparseMatrix<double>& matrix, int count = 6);

/// The least eigenvalue of a symmetric matrix; nothing if it does not converge.
std::optional<double> least_eigenvalue(const Eigen::SparseMatrix<double>& symmetric);

}  // namespace gyre
