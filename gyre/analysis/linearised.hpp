#pragma once

#include <Eigen/Core>
#include <memory>
#include <span>
#include <string>

#include "gyre/program/interpreter.hpp"

namespace gyre {

/// A map given by formulas, with its Jacobian: compiled once, evaluated anywhere.
class Linearised {
 public:
  /// `at` are the symbols it is differentiated in; the formulas may use `knobs` besides.
  Linearised(Graph& graph, std::span<const Expr> map, std::span<const Expr> at,
             std::span<const Expr> knobs);

  /// Evaluates both at a point: one run over as many lanes as there are columns.
  void at(std::span<const double> point, std::span<const double> knobs);

  Eigen::VectorXd value;
  Eigen::MatrixXd jacobian;

 private:
  std::size_t rows_, columns_, knobs_;
  std::unique_ptr<const Program> program_;
  std::unique_ptr<Interpreter> run_;
};

}  // namespace gyre
