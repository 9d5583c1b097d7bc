#include "gyre/expr/linear.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"

namespace gyre {
namespace {

/// How far m x is from b at random values of the symbols, for matrices with `zeros` as their share
/// of entries that are zero and `constants` of those that are constants.
double worst(std::size_t n, double zeros, double constants, std::uint64_t draw) {
  Graph graph;
  Stream random(1, "linear", draw);
  ExprMatrix m(n, std::vector<Expr>(n, 0.0));
  std::vector<Expr> b;
  std::vector<std::pair<Expr, double>> values;
  auto symbol = [&] {
    values.emplace_back(Expr::symbol(graph, "s" + std::to_string(values.size())),
                        random.uniform(-1.0, 1.0));
    return values.back().first;
  };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      if (i == (j + draw) % n || random.uniform() >= zeros)
        m[i][j] = random.uniform() < constants ? Expr(random.uniform(-1.0, 1.0)) : symbol();
    b.push_back(symbol());
  }
  const std::vector<Expr> x = solve_linear(m, b);
  double most = 0.0, size = 1.0;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = -evaluate<double>(b[i], values);
    for (std::size_t j = 0; j < n; ++j) {
      const double xj = evaluate<double>(x[j], values);
      sum += evaluate<double>(m[i][j], values) * xj;
      size = std::max(size, std::abs(xj));
    }
    most = std::max(most, std::abs(sum));
  }
  return most / size;
}

TEST(SolveLinear, SolvesDenseAndSparseSystemsOfSymbolsAndConstants) {
  int tried = 0;
  for (std::size_t n = 1; n <= 6; ++n)
    for (const double zeros : {0.0, 0.5, 0.8})
      for (const double constants : {0.0, 0.5, 1.0})
        for (std::uint64_t draw = 0; draw < 8; ++draw) {
          double off = 0.0;
          try {
            off = worst(n, zeros, constants, draw);
          } catch (const Error&) {
            continue;  // singular as a formula
          }
          if (!std::isfinite(off)) continue;
          EXPECT_LE(off, 1e-11) << n << " " << zeros << " " << constants << " " << draw;
          ++tried;
        }
  EXPECT_GT(tried, 300);
}

TEST(SolveLinear, ChoosesThePivotByItsValue) {
  Graph graph;
  const Expr e = Expr::symbol(graph, "e");
  const ExprMatrix m{{e, 1.0, 0.5}, {1.0, 1.0, e}, {2.0, e, 1.0}};
  const std::vector<Expr> x = solve_linear(m, {1.0, 2.0, 3.0});
  const double tiny = 1e-20;  // as a pivot it would leave nothing of the others
  EXPECT_NEAR(evaluate(x[0], {{e, tiny}}) * 2.0 + evaluate(x[2], {{e, tiny}}), 3.0, 1e-15);
  EXPECT_NEAR(evaluate(x[0], {{e, tiny}}) + evaluate(x[1], {{e, tiny}}), 2.0, 1e-15);
}

TEST(SolveLinear, RefusesWhatIsSingularWhateverTheValues) {
  Graph graph;
  const Expr a = Expr::symbol(graph, "a"), b = Expr::symbol(graph, "b");
  EXPECT_THROW(solve_linear({{0.0}}, {1.0}), Error);
  EXPECT_THROW(solve_linear({{a, 0.0}, {b, 0.0}}, {1.0, 1.0}), Error);
  EXPECT_THROW(solve_linear({{1.0, 2.0}, {2.0, 4.0}}, {1.0, 1.0}), Error);
  EXPECT_THROW(solve_linear({{a, b, 0.0}, {b, a, 0.0}, {a, a, 0.0}}, {1.0, 1.0, 1.0}), Error);
}

TEST(SolveLinear, RefusesMoreUnknownsThanItWritesOut) {
  const std::size_t n = kMostUnknowns + 1;
  EXPECT_THROW(solve_linear(ExprMatrix(n, std::vector<Expr>(n, 1.0)), std::vector<Expr>(n, 1.0)),
               Error);
}

TEST(SolveLinear, KnowsTheIdentityWithoutDividing) {
  Graph graph;
  const Expr a = Expr::symbol(graph, "a");
  const std::vector<Expr> x = solve_linear({{1.0, 0.0}, {0.0, 1.0}}, {a, 2.0});
  EXPECT_EQ(x[0], a);
  EXPECT_EQ(x[1], Expr(2.0));
}

}  // namespace
}  // namespace gyre
