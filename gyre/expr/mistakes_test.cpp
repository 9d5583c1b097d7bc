#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/expr/parse.hpp"

// What people type by mistake, what they are told, and where the caret stands.

namespace gyre {
namespace {

struct Wrong {
  std::string text, message;
  std::size_t caret;  ///< characters before it
};

const Wrong kWrong[] = {
    {"", "the formula is empty", 0},
    {"x*/y", "a value is missing before '/'", 2},
    {"x*", "something must follow '*'", 2},
    {"-", "something must follow '-'", 1},
    {"x +", "something must follow '+'", 3},
    {"x^", "something must follow '^'", 2},
    {"2x", "'2' and 'x' stand side by side; to multiply, write 2*x", 1},
    {"2(x+1)", "'2' and '(' stand side by side; to multiply, write 2*(...)", 1},
    {"2 sin(x)", "'2' and 'sin' stand side by side; to multiply, write 2*sin(...)", 2},
    {"x y", "'x' and 'y' stand side by side; to multiply, write x*y", 2},
    {"x 2", "'x' and '2' stand side by side; to multiply, write x*2", 2},
    {"1 000",
     "'1' and '000' stand side by side; write one number without gaps, or put * between two", 2},
    {"1.2.3",
     "'1.2' and '.3' stand side by side; write one number without gaps, or put * between two", 3},
    {"0x10", "'0' and 'x10' stand side by side; to multiply, write 0*x10", 1},
    {"2e", "'2' and 'e' stand side by side; to multiply, write 2*e", 1},
    {"(x + 1)(y - 1)", "')' and '(' stand side by side; to multiply, write (...)*(...)", 7},
    {"(x + 1)y", "')' and 'y' stand side by side; to multiply, write (...)*y", 7},
    {"(x + 1)2", "')' and '2' stand side by side; to multiply, write (...)*2", 7},
    {"w[1]x", "']' and 'x' stand side by side; to multiply, write ...]*x", 4},
    {"x² y", "'²' and 'y' stand side by side; to multiply, write ...²*y", 3},
    {"x² ²", "'²' and '²' stand side by side; use brackets: (x²)³", 3},
    {"f(x)y", "')' and 'y' stand side by side; to multiply, write (...)*y", 4},
    {"x(y + 1)", "'x' is not a function; to multiply, write x*(...)", 1},
    {"a(x)", "'a' is not a function; to multiply, write a*(...)", 1},
    {"e(x)", "'e' is not a function; to multiply, write e*(...)", 1},
    {"v(1)", "'v' is not a function; to multiply, write v*(...)", 1},
    {"xy", "unknown name 'xy'; to multiply, write x*y", 0},
    {"xa", "unknown name 'xa'; to multiply, write x*a", 0},
    {"ln(x)", "unknown function 'ln'; did you mean 'log'?", 0},
    {"ln", "unknown name 'ln'; did you mean 'log'?", 0},
    {"arctan(x)", "unknown function 'arctan'; did you mean 'atan'?", 0},
    {"Sin(x)", "unknown function 'Sin'; did you mean 'sin'?", 0},
    {"EXP(x)", "unknown function 'EXP'; did you mean 'exp'?", 0},
    {"relu(x)", "unknown function 'relu'; write max(x, 0)", 0},
    {"log10(x)", "unknown function 'log10'; write log(x)/log(10)", 0},
    {"foo(x)", "unknown function 'foo'", 0},
    {"foo", "unknown name 'foo'; this formula knows a, x, y, v, w", 0},
    {"sgima(x)", "unknown function 'sgima'", 0},
    {"PI", "unknown name 'PI'; did you mean 'pi'?", 0},
    {"alhpa", "unknown name 'alhpa'; this formula knows a, x, y, v, w", 0},
    {"sin", "'sin' is a function; write sin(...)", 0},
    {"sin x", "'sin' is a function; write sin(x)", 0},
    {"sin^2(x)", "'sin' is a function; write sin(...)^n", 0},
    {"sin²(x)", "'sin' is a function; write sin(...)²", 0},
    {"f", "'f' is a function; write f(...)", 0},
    {"sum", "'sum' is a function; write sum(...)", 0},
    {"sin()", "there is nothing between '(' and ')'", 4},
    {"f()", "there is nothing between '(' and ')'", 2},
    {"sin(x, y)", "'sin' takes 1 value, not 2", 0},
    {"max(x)", "'max' takes 2 values, not 1", 0},
    {"max(x, y, 1)", "'max' takes 2 values, not 3; write max(a, max(b, c))", 0},
    {"g(x)", "'g' takes 2 values, not 1", 0},
    {"dot(v)", "'dot' takes 2 values, not 1", 0},
    {"dot(v, w)", "vectors of 2 and 3 numbers do not go together", 0},
    {"sum(v, w)", "'sum' takes 1 value, not 2", 0},
    {"f(v)", "this function takes numbers, not vectors", 2},
    {"sin(x,)", "a value is missing before ')'", 6},
    {"max(,x)", "a value is missing before ','", 4},
    {"(", "something must follow '('", 1},
    {"(x", "this '(' is never closed", 0},
    {"(x]", "')' must close before ']'", 2},
    {"[x)", "']' must close before ')'", 2},
    {"x)", "this ')' closes nothing", 1},
    {"x]", "this ']' closes nothing", 1},
    {"()", "a value is missing before ')'", 1},
    {"[]", "there is nothing between '[' and ']'", 1},
    {"(x, y)", "',' stands only between the values of a function or a vector", 2},
    {"max(x, (y", "this '(' is never closed", 7},
    {"sin(x", "this '(' is never closed", 3},
    {"x = 1", "'=' has no place in a formula; to compare, write '=='", 2},
    {"x === y", "a value is missing before '='; two signs are enough", 4},
    {"x = y", "'=' has no place in a formula; to compare, write '=='", 2},
    {"x =< y", "'=' has no place in a formula; to compare, write '=='", 2},
    {"x <> y", "a value is missing before '>'; for 'not equal' write '!='", 3},
    {"x < y < 1", "comparisons cannot be chained; write (a < b)*(b < c)", 6},
    {"x < y == 1", "comparisons cannot be chained; write (a < b)*(b < c)", 6},
    {"x,y", "',' stands only between the values of a function or a vector", 1},
    {"0,5", "unexpected ','; write decimals with a point, as in 0.5", 1},
    {"|x|", "the character '|' has no place in a formula; for |x| write abs(x)", 0},
    {"x'",
     "the character ''' has no place in a formula; Gyre takes derivatives itself; call another "
     "variable x2, not x'",
     1},
    {"x;", "the character ';' has no place in a formula; a formula ends before ';'", 1},
    {"x: y",
     "the character ':' has no place in a formula; for a choice write select(condition, then, "
     "else)",
     1},
    {"x ? 1 : 2",
     "the character '?' has no place in a formula; for a choice write select(condition, then, "
     "else)",
     2},
    {"{x}", "the character '{' has no place in a formula; use round brackets", 0},
    {"x!",
     "the character '!' has no place in a formula; for 'not equal' write !=; there is no factorial",
     1},
    {"x % 2",
     "the character '%' has no place in a formula; there is no remainder; for 5% write 0.05", 2},
    {"x & y",
     "the character '&' has no place in a formula; for 'and' multiply comparisons: (x < 1)*(y < 1)",
     2},
    {"(x < 1) and (y < 1)", "'and' has no place here; multiply comparisons: (x < 1)*(y < 1)", 8},
    {"\\frac{x}{y}",
     "the character '\\' has no place in a formula; LaTeX is not read: write sqrt(x), sin(x), a/b",
     0},
    {"$x$", "the character '$' has no place in a formula; leave out LaTeX's dollar signs", 0},
    {"\"x\"", "the character '\"' has no place in a formula; leave out the quotation marks", 0},
    {"x.y",
     "the character '.' has no place in a formula; a point stands only inside a number, as in 0.5",
     1},
    {"√x", "the character '√' has no place in a formula; write sqrt(x)", 0},
    {"∞", "the character '∞' has no place in a formula; write inf", 0},
    {"∑v", "the character '∑' has no place in a formula; write sum(...) of a vector", 0},
    {"θ*x", "the character 'θ' has no place in a formula; write 'theta'", 0},
    {"x₁", "the character '₁' has no place in a formula; write x1, or x[1] for a component", 1},
    {"ｘ", "the character 'ｘ' has no place in a formula; use the ordinary, half-width character",
     0},
    {"x @ y", "the character '@' has no place in a formula", 2},
    {"*x", "a value is missing before '*'", 0},
    {"/x", "a value is missing before '/'", 0},
    {"^2", "a value is missing before '^'", 0},
    {"²", "a value is missing before '²'", 0},
    {"x^^2", "a value is missing before '^'", 2},
    {"x*)", "a value is missing before ')'", 2},
    {"v", "the formula is a vector of 2, but one number is wanted: use sum(...) or dot(..., ...)",
     0},
    {"v + w", "vectors of 2 and 3 numbers do not go together", 2},
    {"[1, 2]",
     "the formula is a vector of 2, but one number is wanted: use sum(...) or dot(..., ...)", 0},
    {"[x, [y, 1]]", "a vector inside a vector", 4},
    {"v[0]", "there is no component '0'; allowed are v[1] to v[2]", 2},
    {"v[3]", "there is no component '3'; allowed are v[1] to v[2]", 2},
    {"v[1.5]", "there is no component '1.5'; allowed are v[1] to v[2]", 2},
    {"v[-1]", "a component is named by a number, the first is [1]", 2},
    {"v[x]", "a component is named by a number, the first is [1]", 2},
    {"v[]", "a component is named by a number, the first is [1]", 2},
    {"v[1", "this '[' is never closed", 1},
    {"x[1]", "only a vector's name can have [...] after it", 1},
    {"(v)[1]", "only a vector's name can have [...] after it", 3},
    {"v[1][2]", "only a vector's name can have [...] after it", 4},
    {"1e999", "the number '1e999' is too large", 0},
    {"x⁺²", "the character '⁺' has no place in a formula; a raised number needs no +", 1},
    {"x⁻", "the character '⁻' has no place in a formula", 1},
};

/// Fails unless `read` throws an Error with this message and the caret in this column.
void expect(const Wrong& wrong, auto read) {
  try {
    read();
    ADD_FAILURE() << wrong.text << " was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), wrong.message) << wrong.text;
    EXPECT_EQ(error.detail(), "  " + wrong.text + "\n  " + std::string(wrong.caret, ' ') + "^");
  }
}

TEST(Mistakes, AreNamedAndPlaced) {
  static_assert(std::size(kWrong) >= 100);
  for (const Wrong& wrong : kWrong) {
    Graph graph;
    const Expr x = Expr::symbol(graph, "x"), y = Expr::symbol(graph, "y");
    const std::vector<Expr> v{Expr::symbol(graph, "v[1]"), Expr::symbol(graph, "v[2]")};
    const Scope scope{{{"x", x}, {"y", y}, {"a", 2.0}},
                      {{"v", v}, {"w", {x, y, 1.0}}},
                      {{"f", {{x}, x * x}}, {"g", {{x, y}, x - y}}}};
    expect(wrong, [&] { parse(wrong.text, graph, scope); });
  }
}

TEST(Mistakes, InAFormulaWithAnyNames) {
  for (const Wrong& wrong :
       {Wrong{"foo(x)", "unknown function 'foo'; to multiply, write foo*(...)", 0},
        {"x[y]", "a component is named by a number, the first is [1]", 2},
        {"x[0]", "there is no component '0'; the first is [1]", 2},
        {"x[1.5]", "there is no component '1.5'; the first is [1]", 2},
        {"x[1", "this '[' is never closed", 1},
        {"expp(x)", "unknown function 'expp'; did you mean 'exp'?", 0},
        {"sum", "'sum' is a function; write sum(...)", 0}}) {
    Graph graph;
    expect(wrong, [&] { parse_open(wrong.text, graph); });
  }
}

TEST(Mistakes, ALongListOfNamesIsCut) {
  Graph graph;
  Scope scope;
  for (int i = 0; i < 200; ++i) {
    const std::string name = "weight" + std::to_string(i);
    scope.scalars.emplace(name, Expr::symbol(graph, name));
  }
  try {
    parse("zzz", graph, scope);
    FAIL();
  } catch (const Error& error) {
    EXPECT_LT(std::string(error.what()).size(), 200u);
    EXPECT_TRUE(std::string(error.what()).ends_with(", ..."));
  }
}

TEST(Mistakes, BytesThatAreNoTextAreRefused) {
  Graph graph;
  for (const char* text : {"x\xFF", "\xC3", "x*\xE2\x82"}) {
    try {
      parse_open(text, graph);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()), "the formula is not text in UTF-8");
      EXPECT_EQ(error.detail(), "");
    }
  }
  EXPECT_THROW(parse_open(std::string_view("x\0y", 3), graph), Error);
}

}  // namespace
}  // namespace gyre
