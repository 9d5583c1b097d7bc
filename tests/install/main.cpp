#include <cstdio>

#include "gyre/core/version.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/expr/print.hpp"

int main() {
  gyre::Graph graph;
  const gyre::Expr f = gyre::parse_open("x^2*y", graph);
  const gyre::Expr x = gyre::Expr::symbol(graph, "x"), y = gyre::Expr::symbol(graph, "y");
  const gyre::Expr slope = gyre::derivative(f, x);
  const double value = gyre::evaluate(slope, {{x, 2.0}, {y, 3.0}});
  std::printf("gyre %s: the slope of %s in x is %s, at (2, 3) %g\n", gyre::kVersion,
              gyre::to_text(f).c_str(), gyre::to_text(slope).c_str(), value);
  return value == 12.0 ? 0 : 1;
}
