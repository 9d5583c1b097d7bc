#include "gyre/expr/parse.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/expr/print.hpp"

namespace gyre {
namespace {

/// Names as a game has them: scalars x and y, a parameter a = 2, vectors v of two and w of three
/// numbers, the function f(x) = x^2 and g(x, y) = x - y.
struct Names {
  Graph graph;
  Expr x = Expr::symbol(graph, "x"), y = Expr::symbol(graph, "y");
  std::vector<Expr> v{Expr::symbol(graph, "v[1]"), Expr::symbol(graph, "v[2]")};
  Scope scope{{{"x", x}, {"y", y}, {"a", 2.0}},
              {{"v", v}, {"w", {x, y, 1.0}}},
              {{"f", {{x}, x* x}}, {"g", {{x, y}, x - y}}}};

  Expr operator()(std::string_view text) { return parse(text, graph, scope); }
};

TEST(Parse, BindsAsMathematicsDoes) {
  struct Case {
    const char *text, *same;
  };
  for (const Case& c : {
           Case{"x + y*2", "x + (y*2)"},
           {"x - y - 1", "(x - y) - 1"},
           {"x/y/2", "(x/y)/2"},
           {"x/y*2", "(x/y)*2"},
           {"x^y^2", "x^(y^2)"},
           {"-x^2", "-(x^2)"},
           {"(-x)^2", "pow(-x, 2)"},
           {"2^-x", "2^(-x)"},
           {"2^-x^2", "2^(-(x^2))"},
           {"-x*y", "(-x)*y"},
           {"x*-y", "x*(-y)"},
           {"x - -y", "x - (-y)"},
           {"+x", "x"},
           {"x + +y", "x + y"},
           {"- - x", "-(-x)"},
           {"-2", "(-2)"},
           {"x < y + 1", "x < (y + 1)"},
           {"x*2 <= y == 1", nullptr},
           {"(x < y)*(y < 1)", "(x < y)*(y < 1)"},
           {"x**2", "x^2"},
           {"pow(x, 2)", "x^2"},
           {"((x))", "x"},
           {"max(x, y) - 1", "(max(x, y)) - 1"},
           {".5*x", "0.5*x"},
           {"1.e2", "100"},
           {"1E-2*x", "0.01*x"},
           {"1e-999*x", "0*x"},
           {" x\t*\n y ", "x*y"},
       }) {
    Graph g;
    if (c.same) {
      EXPECT_EQ(parse_open(c.text, g), parse_open(c.same, g)) << c.text;
    } else {
      EXPECT_THROW(parse_open(c.text, g), Error) << c.text;
    }
  }
}

TEST(Parse, UnderstandsWhatPeoplePaste) {
  struct Case {
    const char *text, *same;
  };
  for (const Case& c : {
           Case{"x²·y − 1", "x^2*y - 1"},
           {"x⁻¹", "x^-1"},
           {"x¹⁰", "x^10"},
           {"-x²", "-(x^2)"},
           {"x²^3", "(x^2)^3"},
           {"2^x²", "2^(x^2)"},
           {"(x + 1)³", "(x + 1)^3"},
           {"sin(x)²", "sin(x)^2"},
           {"v[1]²", "v[1]^2"},
           {"x × y ÷ 2", "x*y/2"},
           {"x ⋅ y ∗ 2 ∙ x", "x*y*2*x"},
           {"x – y ‐ 1", "x - y - 1"},
           {"π*x", "pi*x"},
           {"(x ≤ y)*(x ≥ 1)*(x ≠ 2)", "(x <= y)*(x >= 1)*(x != 2)"},
           {"（x＋1）＊max（y，2）", "(x+1)*max(y,2)"},
           {"x－y／2", "x-y/2"},
           {"（x＜y）＊（y＞1）", "(x < y)*(y > 1)"},
           {"v［1］＾2", "v[1]^2"},
           {"x\u00A0*\u3000y\u202F+\u2009"
            "1\uFEFF",
            "x*y + 1"},
       }) {
    Graph g;
    EXPECT_EQ(parse_open(c.text, g), parse_open(c.same, g)) << c.text;
  }
}

TEST(Parse, KnowsItsConstants) {
  Names read;
  EXPECT_TRUE(read("pi").is_constant(std::numbers::pi));
  EXPECT_TRUE(read("e").is_constant(std::numbers::e));
  EXPECT_TRUE(read("-inf").is_constant(-HUGE_VAL));
  EXPECT_TRUE(std::isnan(read("nan").value()));
  for (const char* name : {"pi", "e", "inf", "nan", "sin", "pow", "sum", "dot", "select"})
    EXPECT_TRUE(is_reserved(name)) << name;
  for (const char* name : {"x", "E", "Pi", "constant", "symbol", "+", ""})
    EXPECT_FALSE(is_reserved(name)) << name;
}

TEST(Parse, TakesEveryFunctionOfTheTable) {
  int functions = 0;
  for (const OpFacts& op : Ops::facts) {
    if (op.form != Form::kFunction) continue;
    ++functions;
    Graph g;
    const char* args[] = {"(x)", "(x, y)", "(x, y, z)"};
    const Expr e = parse_open(std::string(op.text) + args[op.arity - 1], g);
    EXPECT_EQ(op_facts(g.node(e.in(g)).op).text, op.text);
  }
  EXPECT_EQ(functions, 22);
}

TEST(Parse, WorksOnVectorsComponentByComponent) {
  Names read;
  EXPECT_EQ(to_text(read("sum(v)")), "v[1] + v[2]");
  EXPECT_EQ(to_text(read("dot(v, v)")), "v[1]*v[1] + v[2]*v[2]");
  EXPECT_EQ(to_text(read("dot(v, [1, x])")), "v[1]*1 + v[2]*x");
  EXPECT_EQ(to_text(read("sum(2*v - 1)")), "2*v[1] - 1 + (2*v[2] - 1)");
  EXPECT_EQ(to_text(read("sum(-v^2)")), "-v[1]^2 + (-v[2]^2)");
  EXPECT_EQ(to_text(read("sum(max(v, 0))")), "max(v[1], 0) + max(v[2], 0)");
  EXPECT_EQ(to_text(read("sum([x, y, 1])")), "x + y + 1");
  EXPECT_EQ(to_text(read("sum(w)")), "x + y + 1");
  EXPECT_EQ(to_text(read("sum(x)")), "x");
  EXPECT_EQ(read("w[3]"), 1.0);
  EXPECT_EQ(read("v[1]*w[2]"), read("v[1]*y"));
}

TEST(Parse, WritesFunctionsOut) {
  Names read;
  EXPECT_EQ(to_text(read("f(y + 1)")), "(y + 1)^2");
  EXPECT_EQ(to_text(read("g(y, x)")), "y - x");
  EXPECT_EQ(to_text(read("f(f(x))")), "(x^2)^2");
  EXPECT_EQ(to_text(read("g(f(x), a)")), "x^2 - 2");
}

TEST(ParseOpen, MakesSymbolsOfUnknownNames) {
  Graph g;
  EXPECT_EQ(parse_open("alpha_1", g), Expr::symbol(g, "alpha_1"));
  EXPECT_EQ(parse_open("q[2]", g), Expr::symbol(g, "q[2]"));
  EXPECT_EQ(parse_open("q[ 02.0 ]", g), Expr::symbol(g, "q[2]"));
}

TEST(Parse, ShowsTheCaretInTheWholeText) {
  Names read;
  const std::string whole = "min x max y: x*/y";
  try {
    parse(std::string_view(whole).substr(13), read.graph, read.scope, whole, 13);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.detail(), "  min x max y: x*/y\n                 ^");
  }
}

}  // namespace
}  // namespace gyre
