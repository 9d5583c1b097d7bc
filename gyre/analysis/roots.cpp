#include "gyre/analysis/roots.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "gyre/fields/symbolic_field.hpp"

namespace gyre {

namespace {

Linearised residual_of(const Game& game) {
  SymbolicField field(game);
  const SymbolicPoint here = field.here();
  std::vector<Expr> parameters;
  for (const Parameter& p : game.parameters) parameters.push_back(p.symbol);
  return {*game.graph, field.residual(here).at, here.at, parameters};
}

}  // namespace

RootFinder::RootFinder(const Game& game) : field_(residual_of(game)) {
  for (const Parameter& p : game.parameters) parameters_.push_back(p.value);
}

std::optional<Root> RootFinder::from(std::span<const double> guess) {
  constexpr int kSteps = 100;
  Eigen::VectorXd w =
      Eigen::Map<const Eigen::VectorXd>(guess.data(), static_cast<Eigen::Index>(guess.size()));
  auto look = [&](const Eigen::VectorXd& at) { field_.at({at.data(), guess.size()}, parameters_); };
  double damping = 1e-3;
  look(w);
  for (int i = 0; i < kSteps; ++i) {
    if (!field_.value.allFinite() || !field_.jacobian.allFinite()) return std::nullopt;
    const double residual = field_.value.norm();
    if (residual == 0.0) break;
    const Eigen::MatrixXd J = field_.jacobian;
    Eigen::MatrixXd normal = J.transpose() * J;
    normal.diagonal().array() += damping * (normal.diagonal().maxCoeff() + 1e-300);
    const Eigen::VectorXd v = field_.value;
    const Eigen::VectorXd next = w - normal.ldlt().solve(J.transpose() * v);
    look(next);
    if (field_.value.allFinite() && field_.value.norm() < residual) {
      w = next;
      damping = std::max(damping * 0.1, 1e-16);
    } else {
      if (residual < 1e-12 || damping > 1e8) break;
      damping *= 10.0;
      field_.value = v;
      field_.jacobian = J;
    }
  }
  look(w);
  return Root{{w.begin(), w.end()}, field_.value.norm()};
}

bool RootFinder::jumps_at(std::span<const double> root) {
  constexpr double kAside = 1e-7, kMuch = 1e3;
  field_.at(root, parameters_);
  const double slope = 1.0 + field_.jacobian.cwiseAbs().maxCoeff();
  std::vector<double> beside(root.begin(), root.end());
  for (std::size_t i = 0; i < root.size(); ++i) {
    const double step = kAside * (1.0 + std::abs(root[i]));
    for (const double side : {-1.0, 1.0}) {
      beside[i] = root[i] + side * step;
      field_.at(beside, parameters_);
      if (field_.value.norm() > kMuch * step * slope) return true;
    }
    beside[i] = root[i];
  }
  return false;
}

const Eigen::MatrixXd& RootFinder::jacobian_at(std::span<const double> at) {
  field_.at(at, parameters_);
  return field_.jacobian;
}

}  // namespace gyre
