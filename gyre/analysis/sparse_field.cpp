#include "gyre/analysis/sparse_field.hpp"

#include <Spectra/GenEigsSolver.h>
#include <Spectra/MatOp/SparseGenMatProd.h>
#include <Spectra/MatOp/SparseSymMatProd.h>
#include <Spectra/SymEigsSolver.h>

#include <Eigen/Eigenvalues>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <map>

#include "gyre/expr/derivative.hpp"

namespace gyre {

namespace {

using Index = Eigen::Index;
using Sparse = Eigen::SparseMatrix<double>;

constexpr int kBasis = 48;  // Krylov vectors that are kept
constexpr int kRestarts = 2000;

}  // namespace

SparseField::SparseField(const Game& game) {
  const std::vector<Expr> coordinates = game.symbols();
  std::map<NodeId, std::size_t> place;
  for (std::size_t i = 0; i < coordinates.size(); ++i)
    place.emplace(coordinates[i].in(*game.graph), i);
  std::vector<Expr> inputs = coordinates, outputs, entries;
  for (const Parameter& p : game.parameters) {
    inputs.push_back(p.symbol);
    parameters_.push_back(p.value);
  }
  for (const Player& player : game.players) {
    const auto own = std::span(coordinates).subspan(player.first, player.count);
    for (const Expr& slope : gradient(player.loss, own)) {
      std::vector<Expr> used;
      for (const Expr& s : symbols(std::span(&slope, 1)))
        if (const auto at = place.find(s.in(*game.graph)); at != place.end()) {
          rows_.push_back(static_cast<Index>(outputs.size()));
          columns_.push_back(static_cast<Index>(at->second));
          used.push_back(s);
        }
      for (const Expr& e : gradient(slope, used)) entries.push_back(e);
      outputs.push_back(slope);
    }
  }
  outputs.insert(outputs.end(), entries.begin(), entries.end());
  program_ = std::make_unique<const Program>(compile(inputs, outputs));
  run_ = std::make_unique<Interpreter>(*program_, 1);
  value.resize(static_cast<Index>(coordinates.size()));
  jacobian.resize(value.size(), value.size());
}

void SparseField::at(std::span<const double> point) {
  for (std::size_t i = 0; i < point.size(); ++i) run_->input(i)[0] = point[i];
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    run_->input(point.size() + i)[0] = parameters_[i];
  run_->run();
  for (std::size_t i = 0; i < point.size(); ++i) value[static_cast<Index>(i)] = run_->output(i)[0];
  std::vector<Eigen::Triplet<double>> entries;
  for (std::size_t k = 0; k < rows_.size(); ++k)
    entries.emplace_back(static_cast<int>(rows_[k]), static_cast<int>(columns_[k]),
                         run_->output(point.size() + k)[0]);
  jacobian.setFromTriplets(entries.begin(), entries.end());
}

std::optional<std::vector<double>> sparse_root(SparseField& field, std::span<const double> guess) {
  constexpr int kSteps = 50, kHalvings = 30;
  constexpr double kZero = 1e-12;
  Eigen::VectorXd w =
      Eigen::Map<const Eigen::VectorXd>(guess.data(), static_cast<Index>(guess.size()));
  auto look = [&](const Eigen::VectorXd& at) { field.at({at.data(), guess.size()}); };
  look(w);
  for (int i = 0; i < kSteps; ++i) {
    const double residual = field.value.norm();
    if (!std::isfinite(residual)) return std::nullopt;
    if (residual <= kZero * (1.0 + w.norm())) return std::vector<double>(w.begin(), w.end());
    Eigen::SparseLU<Sparse> solver;
    solver.compute(field.jacobian);
    if (solver.info() != Eigen::Success) return std::nullopt;
    Eigen::VectorXd move = solver.solve(field.value);
    if (!move.allFinite()) return std::nullopt;
    for (int half = 0;; ++half) {
      look(w - move);
      if (field.value.norm() < residual) break;
      if (half == kHalvings) return std::nullopt;
      move *= 0.5;
    }
    w -= move;
  }
  return std::nullopt;
}

SpectrumEnds spectrum_ends(const Sparse& matrix, int count) {
  const auto n = static_cast<int>(matrix.rows());
  const int wanted = std::min(count, n - 2), basis = std::min(n, std::max(kBasis, 2 * wanted + 2));
  auto some = [&](Spectra::SortRule rule) {
    Spectra::SparseGenMatProd<double> product(matrix);
    Spectra::GenEigsSolver<Spectra::SparseGenMatProd<double>> solver(product, wanted, basis);
    solver.init();
    solver.compute(rule, kRestarts, 1e-10, rule);
    const Eigen::VectorXcd found = solver.eigenvalues();
    return std::vector<std::complex<double>>(found.begin(), found.end());
  };
  return {some(Spectra::SortRule::LargestMagn), some(Spectra::SortRule::SmallestReal),
          some(Spectra::SortRule::LargestReal)};
}

std::optional<double> least_eigenvalue(const Sparse& symmetric) {
  if (symmetric.norm() == 0.0) return 0.0;
  const auto n = static_cast<int>(symmetric.rows());
  if (n < 3) {
    const Eigen::MatrixXd dense(symmetric);
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(dense, Eigen::EigenvaluesOnly)
        .eigenvalues()(0);
  }
  Spectra::SparseSymMatProd<double> product(symmetric);
  Spectra::SymEigsSolver<Spectra::SparseSymMatProd<double>> solver(product, 1, std::min(n, kBasis));
  solver.init();
  solver.compute(Spectra::SortRule::SmallestAlge, kRestarts, 1e-10);
  if (solver.info() != Spectra::CompInfo::Successful) return std::nullopt;
  return solver.eigenvalues()(0);
}

}  // namespace gyre
