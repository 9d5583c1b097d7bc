#include "gyre/analysis/classify.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>

#include "gyre/analysis/tangent.hpp"
#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/expr/derivative.hpp"

namespace gyre {

namespace {

using Matrix = Eigen::MatrixXd;

std::vector<double> rising(const Eigen::VectorXd& values) { return {values.begin(), values.end()}; }

std::vector<double> symmetric_eigenvalues(const Matrix& m) {
  if (m.size() == 0) return {};
  const Matrix symmetric = 0.5 * (m + m.transpose());
  return rising(
      Eigen::SelfAdjointEigenSolver<Matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues());
}

/// All of them above the bound, which may be negative for "at least zero".
bool all_above(const std::vector<double>& values, double bound) {
  return std::all_of(values.begin(), values.end(), [&](double v) { return v > bound; });
}

/// The field and the Jacobian as numbers.
struct Local {
  Eigen::VectorXd field;
  Matrix jacobian;
};

Local look(const Game& game, std::span<const double> at) {
  std::vector<std::pair<Expr, double>> values;
  for (std::size_t i = 0; i < game.dim(); ++i)
    values.emplace_back(game.coordinates[i].symbol, at[i]);
  for (const Parameter& p : game.parameters) values.emplace_back(p.symbol, p.value);
  const std::vector<Expr> symbols = game.symbols();
  std::vector<Expr> field;
  for (const Player& player : game.players) {
    const auto own = std::span(symbols).subspan(player.first, player.count);
    for (const Expr& slope : gradient(player.loss, own)) field.push_back(slope);
  }
  const auto n = static_cast<Eigen::Index>(game.dim());
  Local local{Eigen::VectorXd(n), Matrix(n, n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    local.field[i] = evaluate<double>(field[i], values);
    const std::vector<Expr> row = gradient(field[i], symbols);
    for (Eigen::Index k = 0; k < n; ++k) local.jacobian(i, k) = evaluate<double>(row[k], values);
  }
  return local;
}

/// The Jacobian's block, seen along the directions that the players are free to go.
Matrix block(const Local& local, const Tangent& tangent, std::size_t row, std::size_t column) {
  return tangent.basis[row].transpose() * local.jacobian * tangent.basis[column];
}

/// Of the payoff, from the Jacobian's blocks: f_xx = J_xx, f_xy = J_xy, f_yx = -J_yx, f_yy = -J_yy.
std::vector<double> schur_of(const Game& game, const Local& local, const Tangent& tangent,
                             double zero) {
  const std::size_t x = game.players[0].maximises ? 1 : 0, y = 1 - x;
  const Matrix own = block(local, tangent, x, x), other = block(local, tangent, y, y);
  if (other.size() == 0) return symmetric_eigenvalues(own);
  const Eigen::FullPivLU<Matrix> yy(other);
  if (yy.matrixLU().diagonal().cwiseAbs().minCoeff() <= zero) return {};
  return symmetric_eigenvalues(own -
                               block(local, tangent, x, y) * yy.solve(block(local, tangent, y, x)));
}

}  // namespace

Flow flow_of(std::span<const std::complex<double>> eigenvalues, double zero) {
  std::size_t right = 0, left = 0;
  for (const auto& e : eigenvalues) {
    right += e.real() > zero;
    left += e.real() < -zero;
  }
  if (right == eigenvalues.size()) return Flow::kAttracting;
  if (left == eigenvalues.size()) return Flow::kRepelling;
  if (right > 0 && left > 0) return Flow::kSaddle;
  return right + left == 0 ? Flow::kCentre : Flow::kMarginal;
}

PointReport classify(const Game& game, std::span<const double> at, double tolerance) {
  GYRE_ASSERT(at.size() == game.dim());
  Local local = look(game, at);
  PointReport report;
  report.field = rising(local.field);
  report.residual = projected_residual(game, at, local.field);
  for (Eigen::Index i = 0; i < local.jacobian.rows(); ++i)
    for (Eigen::Index k = 0; k < local.jacobian.cols(); ++k)
      report.jacobian.push_back(local.jacobian(i, k));
  if (!local.field.allFinite() || !local.jacobian.allFinite())
    throw Error("the game has no finite slopes and curvatures at this point");

  const Tangent tangent = tangent_at(game, at, local.field);
  local.jacobian.diagonal() += tangent.bend;
  const double zero = tolerance * local.jacobian.cwiseAbs().maxCoeff();
  const Matrix all = tangent.all();
  if (all.cols() > 0) {
    const Eigen::VectorXcd eigenvalues = (all.transpose() * local.jacobian * all).eigenvalues();
    report.eigenvalues.assign(eigenvalues.begin(), eigenvalues.end());
  }
  std::sort(report.eigenvalues.begin(), report.eigenvalues.end(), [](const auto& a, const auto& b) {
    return std::pair(a.real(), a.imag()) < std::pair(b.real(), b.imag());
  });
  report.flow = flow_of(report.eigenvalues, zero);

  bool definite = true, semidefinite = true;
  for (std::size_t i = 0; i < game.players.size(); ++i) {
    report.curvatures.push_back(symmetric_eigenvalues(block(local, tangent, i, i)));
    definite = definite && all_above(report.curvatures.back(), zero);
    semidefinite = semidefinite && all_above(report.curvatures.back(), -zero - 1e-300);
  }
  if (game.zero_sum) report.schur = schur_of(game, local, tangent, zero);
  const std::size_t maximiser = game.players[0].maximises ? 0 : 1;
  if (definite)
    report.kind = PointClass::kNash;
  else if (semidefinite)
    report.kind = PointClass::kDegenerateNash;
  else if (!report.schur.empty() && all_above(report.curvatures[maximiser], zero) &&
           all_above(report.schur, zero))
    report.kind = PointClass::kMinimax;
  return report;
}

}  // namespace gyre
