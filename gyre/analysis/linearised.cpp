#include "gyre/analysis/linearised.hpp"

#include <algorithm>

#include "gyre/expr/derivative.hpp"

namespace gyre {

Linearised::Linearised(Graph& graph, std::span<const Expr> map, std::span<const Expr> at,
                       std::span<const Expr> knobs)
    : rows_(map.size()), columns_(at.size()), knobs_(knobs.size()) {
  std::vector<Expr> inputs(at.begin(), at.end()), tangents;
  inputs.insert(inputs.end(), knobs.begin(), knobs.end());
  for (std::size_t i = 0; i < at.size(); ++i)
    tangents.push_back(Expr::symbol(graph, "tangent." + std::to_string(i)));
  inputs.insert(inputs.end(), tangents.begin(), tangents.end());
  std::vector<Expr> outputs = jacobian_vector(map, at, tangents);
  outputs.insert(outputs.begin(), map.begin(), map.end());
  program_ = std::make_unique<const Program>(compile(inputs, outputs));
  run_ = std::make_unique<Interpreter>(*program_, columns_);
  value.resize(static_cast<Eigen::Index>(rows_));
  jacobian.resize(value.size(), static_cast<Eigen::Index>(columns_));
}

void Linearised::at(std::span<const double> point, std::span<const double> knobs) {
  Interpreter& run = *run_;
  for (std::size_t i = 0; i < columns_; ++i) std::ranges::fill(run.input(i), point[i]);
  for (std::size_t i = 0; i < knobs_; ++i) std::ranges::fill(run.input(columns_ + i), knobs[i]);
  for (std::size_t i = 0; i < columns_; ++i) {
    std::ranges::fill(run.input(columns_ + knobs_ + i), 0.0);
    run.input(columns_ + knobs_ + i)[i] = 1.0;
  }
  run.run();
  for (std::size_t i = 0; i < rows_; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    value(row) = run.output(i)[0];
    for (std::size_t j = 0; j < columns_; ++j)
      jacobian(row, static_cast<Eigen::Index>(j)) = run.output(rows_ + i)[j];
  }
}

}  // namespace gyre
