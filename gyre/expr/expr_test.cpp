#include "gyre/expr/expr.hpp"

#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/expr/print.hpp"
#include "gyre/expr/rewrites.hpp"

namespace gyre {
namespace {

TEST(Quick, RoundTrips) {
  Graph g;
  for (const char* t : {"x*y", "-x^2", "(-x)^2", "x - (y - 1)", "2^-x", "-2^x", "x/(y*2)",
                        "select(x < y, x, -y)", "(x + 1)*-2", "x^y^2", "(x^y)^2", "-(-x)", "a - -2",
                        "x[1]*x[2]", "pi*e", "1e-9*x", "-(2)"}) {
    const Expr e = parse_open(t, g);
    EXPECT_EQ(parse_open(to_text(e), g), e) << t << " -> " << to_text(e);
  }
  EXPECT_EQ(to_text(parse_open("x²·y − 1", g)), "x^2*y - 1");
}

TEST(Quick, Simplifies) {
  for (const Rewrite& r : rewrites()) {
    Graph g;  // operands are ordered by the order of naming
    g.symbol("x"), g.symbol("y");
    EXPECT_EQ(to_text(simplify(parse_open(r.before, g))), r.after) << r.name;
  }
}

TEST(Quick, Differentiates) {
  Graph g;
  const Expr x = Expr::symbol(g, "x"), y = Expr::symbol(g, "y");
  EXPECT_EQ(to_text(derivative(parse_open("x*y", g), x)), "y");
  EXPECT_EQ(to_text(derivative(parse_open("x^3", g), x)), "3*x^2");
  EXPECT_EQ(evaluate(derivative(parse_open("select(x > 0, sqrt(x), 0)", g), x), {{x, -1.0}}), 0.0);
  (void)y;
}

TEST(Quick, Complains) {
  Graph g;
  for (const char* t : {"", "x*/y", "2x", "x y", "(x", "x)", "x(y)", "sin", "sin()", "sin(x,y)",
                        "x = 1", "1 < x < 2", "x $ y", "[1,2]", "x*", "1e999", "foo(1)"}) {
    try {
      parse_open(t, g);
      ADD_FAILURE() << t;
    } catch (const Error& e) {
      std::printf("%-10s %s\n%s\n", t, e.what(), e.detail().c_str());
    }
  }
}

}  // namespace
}  // namespace gyre
