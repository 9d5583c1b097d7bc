#include "gyre/expr/print.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/expr/random_formula.hpp"

namespace gyre {
namespace {

RC_GTEST_PROP(Text, OfARawFormulaParsesBackToTheSameNode, (const Recipe& recipe)) {
  Playground place;
  const Expr e = raw_formula(place, recipe);
  const std::string text = to_text(e);
  if (text.size() > kLongestFormula) return;  // much sharing
  RC_LOG() << text << "\n";
  RC_ASSERT(parse_open(text, place.graph) == e);
}

RC_GTEST_PROP(Text, OfASimplifiedFormulaParsesBackToTheSameNode, (const Recipe& recipe)) {
  Playground place;
  const Expr e = simplify(raw_formula(place, recipe));
  const std::string text = to_text(e);
  if (text.size() > kLongestFormula) return;
  RC_LOG() << text << "\n";
  RC_ASSERT(parse_open(text, place.graph) == e);
}

TEST(Text, HasNoMoreBracketsThanItNeeds) {
  for (const char* text : {"x*y",
                           "-x^2",
                           "(-x)^2",
                           "x - (y - 1)",
                           "x - y - 1",
                           "2^-x",
                           "-2^x",
                           "(-2)^x",
                           "x/(y*2)",
                           "x/y*2",
                           "select(x < y, x, -y)",
                           "(x + 1)*(-2)",
                           "x^y^2",
                           "(x^y)^2",
                           "-(-x)",
                           "a - (-2)",
                           "x[1]*x[2]",
                           "pi*e",
                           "-pi",
                           "1e-09*x",
                           "-2",
                           "-x*y",
                           "-(x*y)",
                           "x*(-y)",
                           "x + (y + z)",
                           "(x < y) == z",
                           "sin(x)^2",
                           "-sin(x)",
                           "exp(-x)",
                           "2^(-x*y)",
                           "2^-x^y",
                           "inf - nan",
                           "max(x, -1)",
                           "1e+20",
                           "-(x + y)",
                           "-inf"}) {
    Graph g;
    EXPECT_EQ(to_text(parse_open(text, g)), text);
  }
}

TEST(Text, OfANumberWithoutGraph) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(-std::numbers::pi), "-pi");
  EXPECT_EQ(to_text(HUGE_VAL), "inf");
}

TEST(Text, NeitherDepthNorSharingHurts) {
  Graph g;
  const Expr x = Expr::symbol(g, "x");
  Expr deep = x, wide = x;
  for (int i = 0; i < 100'000; ++i) deep = sin(deep);
  EXPECT_EQ(to_text(deep).size(), 100'000 * 5 + 1);
  for (int i = 0; i < 1000; ++i) wide = wide * sin(wide);
  for (const auto& print : {to_text, to_latex, to_c}) EXPECT_THROW(print(wide), Error);
  Expr least = x;
  for (int i = 0; i < 1000; ++i) least = min(least, 1.0 + least);
  EXPECT_THROW(to_c(least), Error);
}

TEST(Latex, ReadsAsInABook) {
  struct Case {
    const char *formula, *latex;
  };
  for (const Case& c : {
           Case{"x*y", "x \\cdot y"},
           {"2*x + 1", "2 \\cdot x + 1"},
           {"x^2", "x^{2}"},
           {"(x + 1)^2", "\\left(x + 1\\right)^{2}"},
           {"(x + 1)/(y - 1)", "\\frac{x + 1}{y - 1}"},
           {"(x/y)^2", "\\left(\\frac{x}{y}\\right)^{2}"},
           {"x^(y + 1)", "x^{y + 1}"},
           {"exp(x)", "e^{x}"},
           {"exp(x)^2", "\\left(e^{x}\\right)^{2}"},
           {"-exp(-x^2)", "-e^{-x^{2}}"},
           {"sqrt(x)/2", "\\frac{\\sqrt{x}}{2}"},
           {"abs(x - y)", "\\left|x - y\\right|"},
           {"log(1 - sigmoid(x))", "\\log\\left(1 - \\sigma\\left(x\\right)\\right)"},
           {"log1p(x*y)", "\\log\\left(1 + x \\cdot y\\right)"},
           {"log1p(x - y)", "\\log\\left(1 + \\left(x - y\\right)\\right)"},
           {"theta*x1", "\\theta \\cdot x_{1}"},
           {"v[2]", "v_{2}"},
           {"pi*e", "\\pi \\cdot e"},
           {"1e-9*x", "1 \\cdot 10^{-9} \\cdot x"},
           {"x - -1e-9", "x - \\left(-1 \\cdot 10^{-9}\\right)"},
           {"inf", "\\infty"},
           {"x <= y", "x \\le y"},
           {"min(x, -y)", "\\min\\left(x, -y\\right)"},
           {"select(x < 0, -x, x)",
            "\\begin{cases} -x & x < 0 \\\\ x & \\text{otherwise} \\end{cases}"},
           {"2*select(x, 1, 0)",
            "2 \\cdot \\left(\\begin{cases} 1 & x \\\\ 0 & \\text{otherwise} \\end{cases}\\right)"},
       }) {
    Graph g;
    EXPECT_EQ(to_latex(parse_open(c.formula, g)), c.latex) << c.formula;
  }
}

TEST(Latex, OfNames) {
  struct Case {
    const char *name, *latex;
  };
  for (const Case& c : {Case{"x", "x"},
                        {"x12", "x_{12}"},
                        {"x[3]", "x_{3}"},
                        {"x_max", "x_{max}"},
                        {"x_a_b", "x_{a\\_b}"},
                        {"theta", "\\theta"},
                        {"theta2", "\\theta_{2}"},
                        {"rate", "\\mathrm{rate}"},
                        {"_x", "\\mathrm{\\_x}"},
                        {"x]", "\\mathrm{x]}"}})
    EXPECT_EQ(latex_name(c.name), c.latex) << c.name;
}

RC_GTEST_PROP(Latex, ClosesBracketsAndRaisesNothingTwice, ()) {
  Playground place;
  const std::string text = to_latex(raw_formula(place, *recipes(12)));
  RC_LOG() << text << "\n";
  std::vector<std::size_t> open;
  int left = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    left += text.compare(i, 5, "\\left") == 0;
    left -= text.compare(i, 6, "\\right") == 0;
    RC_ASSERT(left >= 0);
    if (text[i] == '{') open.push_back(i);
    if (text[i] != '}') continue;
    RC_ASSERT(!open.empty());
    const bool raised = open.back() > 0 && text[open.back() - 1] == '^';
    RC_ASSERT(!(raised && i + 1 < text.size() && text[i + 1] == '^'));
    open.pop_back();
  }
  RC_ASSERT(open.empty() && left == 0);
}

TEST(C, IsWhatACompilerReads) {
  struct Case {
    const char *formula, *c;
  };
  for (const Case& c : {Case{"x^2 - 1", "pow(x, 2.0) - 1.0"},
                        {"x[3]*2", "x_3 * 2.0"},
                        {"x - -1", "x - (-1.0)"},
                        {"-(-x)", "-(-x)"},
                        {"-inf", "-INFINITY"},
                        {"1e-9*x", "1e-09 * x"},
                        {"(x < y)/2", "((double)(x < y)) / 2.0"},
                        {"abs(x)", "fabs(x)"}}) {
    Graph g;
    EXPECT_EQ(to_c(parse_open(c.formula, g)), c.c) << c.formula;
  }
}

/// C text compiled into this program for as long as this lives. The tests need a C compiler named
/// `cc`, or what the environment variable CC says.
class Compiled {
 public:
  explicit Compiled(const std::string& source) {
    folder_ = std::filesystem::temp_directory_path() / ("gyre-c-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "f.c") << "#include <math.h>\n" << source;
    const char* compiler = std::getenv("CC");
    // Without builtins every function is the one of the library, as it is for evaluate().
    const std::string command = std::string(compiler ? compiler : "cc") +
                                " -std=c99 -Wall -Werror -Wno-unused -Wno-parentheses-equality"
                                " -fno-builtin -ffp-contract=off -shared -fPIC -o '" +
                                (folder_ / "f.so").string() + "' '" + (folder_ / "f.c").string() +
                                "' -lm";
    if (std::system(command.c_str()) == 0) handle_ = dlopen((folder_ / "f.so").c_str(), RTLD_NOW);
  }
  ~Compiled() {
    if (handle_) dlclose(handle_);
    std::filesystem::remove_all(folder_);
  }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  using Function = void (*)(const double*, double*);
  Function function(const std::string& name) const {
    return handle_ ? reinterpret_cast<Function>(dlsym(handle_, name.c_str())) : nullptr;
  }

 private:
  std::filesystem::path folder_;
  void* handle_ = nullptr;
};

/// To four units in the last place, which a compiler may round constants by.
bool agree(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return a == b || std::abs(a - b) <= 4 * std::numeric_limits<double>::epsilon() * std::abs(a);
}

TEST(C, ComputesWhatEvaluateDoes) {
  constexpr int kFormulas = 200;
  Playground place;
  std::vector<Expr> formulas;
  std::string source;
  for (int i = 0; i < kFormulas; ++i) {
    formulas.push_back(raw_formula(place, {static_cast<std::uint64_t>(i), 1 + i % 8}));
    const std::string number = std::to_string(i), text = to_c(formulas.back());
    source += to_c_function("f" + number, place.symbols, std::array{formulas.back(), Expr(-2.0)});
    source += "void g" + number +
              "(const double *in, double *out) {\n"
              "  const double x = in[0], y = in[1], z = in[2];\n  *out = " +
              (text.size() < 2000 ? text : "NAN") + ";\n}\n";
  }
  const Compiled compiled(source);
  int finite = 0, expressions = 0;
  for (int i = 0; i < kFormulas; ++i) {
    const Expr& e = formulas[i];
    const auto function = compiled.function("f" + std::to_string(i));
    const auto expression = compiled.function("g" + std::to_string(i));
    ASSERT_TRUE(function && expression) << "this test needs a C compiler";
    const std::string text = to_c(e);
    Stream stream(i, "point");
    for (int trial = 0; trial < 20; ++trial) {
      double point[] = {stream.normal(), stream.normal(), 3.0 * stream.normal()};
      if (trial == 0) point[0] = 0.0, point[1] = NAN;
      if (trial == 1) point[0] = -INFINITY, point[2] = INFINITY;
      const double value = evaluate<double>(e, place.at(point));
      double by_function[2], by_expression;
      function(point, by_function);
      expression(point, &by_expression);
      EXPECT_PRED2(agree, value, by_function[0]) << to_text(e);
      EXPECT_EQ(by_function[1], -2.0);
      finite += std::isfinite(value);
      if (text.size() >= 2000) continue;  // min and max name their operands several times
      EXPECT_PRED2(agree, value, by_expression) << text;
      ++expressions;
    }
  }
  EXPECT_GT(finite, kFormulas * 5);
  EXPECT_GT(expressions, kFormulas * 15);
}

TEST(C, DrawsTheSameBits) {
  Playground place;
  const Expr &x = place.symbols[0], &y = place.symbols[1], &z = place.symbols[2];
  const std::vector<Expr> both{uniform(x, y, z), uniform2(x, y, z)};
  EXPECT_EQ(to_c(both[1]), "gyre_uniform(x, y, z, 1)");
  const Compiled compiled(std::string(c_draws()) + to_c_function("f", place.symbols, both));
  const auto function = compiled.function("f");
  ASSERT_TRUE(function) << "this test needs a C compiler";
  Stream stream(1, "names");
  for (int trial = 0; trial < 200; ++trial) {
    double at[3], drawn[2];
    for (double& a : at) a = std::floor(stream.uniform() * 0x1p52);
    if (trial == 0) at[0] = -1.0;
    if (trial == 1) at[2] = 0x1p52;
    if (trial == 2) at[1] = 2.5;
    function(at, drawn);
    for (int k = 0; k < 2; ++k) {
      const double want = evaluate<double>(both[k], place.at(at));
      EXPECT_TRUE(drawn[k] == want || (std::isnan(drawn[k]) && std::isnan(want))) << want;
    }
  }
}

}  // namespace
}  // namespace gyre
