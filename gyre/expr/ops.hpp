#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>
#include <type_traits>

#include "gyre/expr/philox.hpp"

namespace gyre {

/// How an operation is written in formulas. A draw is written as a function is, but never read: a
/// game has no say in what a rule draws.
enum class Form : std::uint8_t { kLeaf, kPrefix, kInfix, kFunction, kDraw };

/// How tightly text binds, loosest first. An operand that binds looser than asked gets brackets.
enum class Binding : std::uint8_t { kCompare, kSum, kProduct, kMinus, kPower, kAtom };

/// One row of the operation table. `#1`, `#2`, `#3` stand for the operands in `latex` and `c`; `~1`
/// asks for no brackets around it. The C text has the operation's value for every operand, infinite
/// ones and those that are no numbers included.
struct OpFacts {
  std::string_view text;  ///< the sign or the function's name
  int arity = 1;
  Form form = Form::kFunction;
  Binding binding = Binding::kAtom;
  std::string_view latex;
  std::string_view c;
  int cost = 1;           ///< rough cycles a lane in vector code, relative to an addition
  bool commutes = false;  ///< to the last bit, for any two numbers
  bool right = false;     ///< groups to the right
  /// Where LaTeX writes a function without brackets of its own.
  Binding latex_binding = Binding::kAtom;
};

/// The operation table: one struct an operation, with its facts, its value on a number, and its
/// slope in each operand as a formula in itself and its operands. Where operands are chosen
/// between, `tangent` says which slope counts, so that the branch not taken is never asked.
namespace ops {

struct Constant {
  static constexpr OpFacts facts{.text = "constant", .arity = 0, .form = Form::kLeaf, .cost = 0};
};

struct Symbol {
  static constexpr OpFacts facts{.text = "symbol", .arity = 0, .form = Form::kLeaf, .cost = 0};
};

struct Add {
  static constexpr OpFacts facts{.text = "+",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kSum,
                                 .latex = "#1 + #2",
                                 .c = "#1 + #2",
                                 .commutes = true};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a + b;
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 1.0;
  }
};

struct Sub {
  static constexpr OpFacts facts{.text = "-",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kSum,
                                 .latex = "#1 - #2",
                                 .c = "#1 - #2"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a - b;
  }
  template <class E>
  static E slope(int which, const E&, const E&, const E&) {
    return which == 0 ? 1.0 : -1.0;
  }
};

struct Mul {
  static constexpr OpFacts facts{.text = "*",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kProduct,
                                 .latex = "#1 \\cdot #2",
                                 .c = "#1 * #2",
                                 .commutes = true};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a * b;
  }
  template <class E>
  static E slope(int which, const E&, const E& a, const E& b) {
    return which == 0 ? b : a;
  }
};

struct Div {
  static constexpr OpFacts facts{.text = "/",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kProduct,
                                 .latex = "\\frac{~1}{~2}",
                                 .c = "#1 / #2",
                                 .cost = 8};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a / b;
  }
  template <class E>
  static E slope(int which, const E& self, const E&, const E& b) {
    return which == 0 ? 1.0 / b : -(self / b);
  }
};

struct Pow {
  static constexpr OpFacts facts{.text = "^",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kPower,
                                 .latex = "#1^{~2}",
                                 .c = "pow(~1, ~2)",
                                 .cost = 40,
                                 .right = true};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    using std::pow;
    return pow(a, b);
  }
  template <class E>
  static E slope(int which, const E& self, const E& a, const E& b) {
    return which == 0 ? b * pow(a, b - 1.0) : self * log(a);
  }
};

struct Neg {
  static constexpr OpFacts facts{
      .text = "-", .form = Form::kPrefix, .binding = Binding::kMinus, .latex = "-#1", .c = "-#1"};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    return -a;
  }
  template <class E>
  static E slope(int, const E&, const E&) {
    return -1.0;
  }
};

struct Exp {
  static constexpr OpFacts facts{.text = "exp",
                                 .latex = "e^{~1}",
                                 .c = "exp(~1)",
                                 .cost = 20,
                                 .latex_binding = Binding::kPower};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::exp;
    return exp(a);
  }
  template <class E>
  static E slope(int, const E& self, const E&) {
    return self;
  }
};

struct Log {
  static constexpr OpFacts facts{
      .text = "log", .latex = "\\log\\left(~1\\right)", .c = "log(~1)", .cost = 20};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::log;
    return log(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return 1.0 / a;
  }
};

struct Log1p {
  static constexpr OpFacts facts{
      .text = "log1p", .latex = "\\log\\left(1 + #1\\right)", .c = "log1p(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::log1p;
    return log1p(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return 1.0 / (1.0 + a);
  }
};

struct Expm1 {
  static constexpr OpFacts facts{
      .text = "expm1", .latex = "\\left(e^{~1} - 1\\right)", .c = "expm1(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::expm1;
    return expm1(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return exp(a);
  }
};

struct Sqrt {
  static constexpr OpFacts facts{.text = "sqrt", .latex = "\\sqrt{~1}", .c = "sqrt(~1)", .cost = 8};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::sqrt;
    return sqrt(a);
  }
  template <class E>
  static E slope(int, const E& self, const E&) {
    return 0.5 / self;
  }
};

struct Abs {
  static constexpr OpFacts facts{.text = "abs", .latex = "\\left|~1\\right|", .c = "fabs(~1)"};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::abs;
    return abs(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return sign(a);
  }
};

/// -1, 0 or 1; not a number stays so.
struct Sign {
  static constexpr OpFacts facts{.text = "sign",
                                 .latex = "\\operatorname{sign}\\left(~1\\right)",
                                 .c = "(#1 > 0.0 ? 1.0 : #1 < 0.0 ? -1.0 : #1 == 0.0 ? 0.0 : #1)",
                                 .cost = 2};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    return a > T(0) ? T(1) : a < T(0) ? T(-1) : a == T(0) ? T(0) : a;
  }
  template <class E>
  static E slope(int, const E&, const E&) {
    return 0.0;
  }
};

struct Sin {
  static constexpr OpFacts facts{
      .text = "sin", .latex = "\\sin\\left(~1\\right)", .c = "sin(~1)", .cost = 25};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::sin;
    return sin(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return cos(a);
  }
};

struct Cos {
  static constexpr OpFacts facts{
      .text = "cos", .latex = "\\cos\\left(~1\\right)", .c = "cos(~1)", .cost = 25};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::cos;
    return cos(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return -sin(a);
  }
};

struct Tan {
  static constexpr OpFacts facts{
      .text = "tan", .latex = "\\tan\\left(~1\\right)", .c = "tan(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::tan;
    return tan(a);
  }
  template <class E>
  static E slope(int, const E& self, const E&) {
    return 1.0 + self * self;
  }
};

struct Asin {
  static constexpr OpFacts facts{
      .text = "asin", .latex = "\\arcsin\\left(~1\\right)", .c = "asin(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::asin;
    return asin(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return 1.0 / sqrt(1.0 - a * a);
  }
};

struct Acos {
  static constexpr OpFacts facts{
      .text = "acos", .latex = "\\arccos\\left(~1\\right)", .c = "acos(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::acos;
    return acos(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return -1.0 / sqrt(1.0 - a * a);
  }
};

struct Atan {
  static constexpr OpFacts facts{
      .text = "atan", .latex = "\\arctan\\left(~1\\right)", .c = "atan(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::atan;
    return atan(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return 1.0 / (1.0 + a * a);
  }
};

struct Sinh {
  static constexpr OpFacts facts{
      .text = "sinh", .latex = "\\sinh\\left(~1\\right)", .c = "sinh(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::sinh;
    return sinh(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return cosh(a);
  }
};

struct Cosh {
  static constexpr OpFacts facts{
      .text = "cosh", .latex = "\\cosh\\left(~1\\right)", .c = "cosh(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::cosh;
    return cosh(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return sinh(a);
  }
};

struct Tanh {
  static constexpr OpFacts facts{
      .text = "tanh", .latex = "\\tanh\\left(~1\\right)", .c = "tanh(~1)", .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::tanh;
    return tanh(a);
  }
  template <class E>
  static E slope(int, const E& self, const E&) {
    return 1.0 - self * self;
  }
};

/// 1/(1 + e^-a). Far to the left the exponential overflows and the quotient is 0, as it should be.
struct Sigmoid {
  static constexpr OpFacts facts{.text = "sigmoid",
                                 .latex = "\\sigma\\left(~1\\right)",
                                 .c = "(1.0/(1.0 + exp(-(~1))))",
                                 .cost = 30};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::exp;
    return T(1) / (T(1) + exp(-a));
  }
  template <class E>
  static E slope(int, const E& self, const E& a) {
    return self * sigmoid(-a);
  }
};

/// log(1 + e^a), written so that neither end overflows.
struct Softplus {
  static constexpr OpFacts facts{.text = "softplus",
                                 .latex = "\\operatorname{softplus}\\left(~1\\right)",
                                 .c = "(log1p(exp(-fabs(~1))) + fmax(~1, 0.0))",
                                 .cost = 50};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::abs, std::exp, std::log1p;
    return log1p(exp(-abs(a))) + (a > T(0) ? a : a < T(0) ? T(0) : a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return sigmoid(a);
  }
};

struct Erf {
  static constexpr OpFacts facts{
      .text = "erf", .latex = "\\operatorname{erf}\\left(~1\\right)", .c = "erf(~1)", .cost = 40};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    using std::erf;
    return erf(a);
  }
  template <class E>
  static E slope(int, const E&, const E& a) {
    return 2.0 * std::numbers::inv_sqrtpi * exp(-(a * a));
  }
};

/// The smaller one; not a number if either is.
struct Min {
  static constexpr OpFacts facts{.text = "min",
                                 .arity = 2,
                                 .latex = "\\min\\left(~1, ~2\\right)",
                                 .c = "(#1 <= #2 ? #1 : #1 > #2 ? #2 : #1 + #2)"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a != a ? a : b != b ? b : b < a ? b : a;
  }
  template <class E>
  static E tangent(const E& a, const E& b, const E&, const E* t) {
    return select(less_equal(a, b), t[0], t[1]);
  }
};

/// The larger one; not a number if either is.
struct Max {
  static constexpr OpFacts facts{.text = "max",
                                 .arity = 2,
                                 .latex = "\\max\\left(~1, ~2\\right)",
                                 .c = "(#1 >= #2 ? #1 : #1 < #2 ? #2 : #1 + #2)"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a != a ? a : b != b ? b : a < b ? b : a;
  }
  template <class E>
  static E tangent(const E& a, const E& b, const E&, const E* t) {
    return select(less_equal(b, a), t[0], t[1]);
  }
};

/// Comparisons are 1 or 0, and flat.
struct Less {
  static constexpr OpFacts facts{.text = "<",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kCompare,
                                 .latex = "#1 < #2",
                                 .c = "(double)(#1 < #2)"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a < b ? T(1) : T(0);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 0.0;
  }
};

struct LessEqual {
  static constexpr OpFacts facts{.text = "<=",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kCompare,
                                 .latex = "#1 \\le #2",
                                 .c = "(double)(#1 <= #2)"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a <= b ? T(1) : T(0);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 0.0;
  }
};

struct Equal {
  static constexpr OpFacts facts{.text = "==",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kCompare,
                                 .latex = "#1 = #2",
                                 .c = "(double)(#1 == #2)",
                                 .commutes = true};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a == b ? T(1) : T(0);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 0.0;
  }
};

struct NotEqual {
  static constexpr OpFacts facts{.text = "!=",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kCompare,
                                 .latex = "#1 \\ne #2",
                                 .c = "(double)(#1 != #2)",
                                 .commutes = true};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a != b ? T(1) : T(0);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 0.0;
  }
};

struct Greater {
  static constexpr OpFacts facts{.text = ">",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kCompare,
                                 .latex = "#1 > #2",
                                 .c = "(double)(#1 > #2)"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a > b ? T(1) : T(0);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 0.0;
  }
};

struct GreaterEqual {
  static constexpr OpFacts facts{.text = ">=",
                                 .arity = 2,
                                 .form = Form::kInfix,
                                 .binding = Binding::kCompare,
                                 .latex = "#1 \\ge #2",
                                 .c = "(double)(#1 >= #2)"};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b) {
    return a >= b ? T(1) : T(0);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&) {
    return 0.0;
  }
};

/// The second operand where the first is not zero, else the third.
struct Select {
  static constexpr OpFacts facts{
      .text = "select",
      .arity = 3,
      .latex = "\\begin{cases} ~2 & ~1 \\\\ ~3 & \\text{otherwise} \\end{cases}",
      .c = "(#1 != 0.0 ? #2 : #3)",
      .latex_binding = Binding::kCompare};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b, T c) {
    return a != T(0) ? b : c;
  }
  template <class E>
  static E tangent(const E& a, const E&, const E&, const E* t) {
    return select(a, t[1], t[2]);
  }
};

/// A number in (0, 1) by Philox 4x32-10 that three whole numbers below 2^52 name: (seed, lane,
/// counter). Fractions are rounded; what names no draw gives no number. Flat in all three.
struct Uniform {
  static constexpr OpFacts facts{.text = "uniform",
                                 .arity = 3,
                                 .form = Form::kDraw,
                                 .latex = "U\\left(~1, ~2, ~3\\right)",
                                 .c = "gyre_uniform(~1, ~2, ~3, 0)",
                                 .cost = 60};
  template <class T>
  GYRE_OP_VALUE T value(T seed, T lane, T counter) {
    return philox::draw(seed, lane, counter, false);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&, const E&) {
    return 0.0;
  }
};

/// A second one with the same name, independent of the first: the other half of the same block.
struct Uniform2 {
  static constexpr OpFacts facts{.text = "uniform2",
                                 .arity = 3,
                                 .form = Form::kDraw,
                                 .latex = "U'\\left(~1, ~2, ~3\\right)",
                                 .c = "gyre_uniform(~1, ~2, ~3, 1)",
                                 .cost = 60};
  template <class T>
  GYRE_OP_VALUE T value(T seed, T lane, T counter) {
    return philox::draw(seed, lane, counter, true);
  }
  template <class E>
  static E slope(int, const E&, const E&, const E&, const E&) {
    return 0.0;
  }
};

}  // namespace ops

template <class O>
struct OpTag {};

template <class... Os>
struct OpList {
  static constexpr std::size_t size = sizeof...(Os);
  static constexpr std::array<OpFacts, size> facts{Os::facts...};

  static constexpr void for_each(auto&& visit) { (visit(OpTag<Os>{}), ...); }

  /// Calls `visit(OpTag<O>{})` for the operation with this number.
  static constexpr void visit(std::uint8_t id, auto&& visit) {
    std::uint8_t i = 0;
    (void)((id == i++ && (visit(OpTag<Os>{}), true)) || ...);
  }

  template <class O>
  static constexpr std::uint8_t id_of() {
    std::uint8_t id = 0;
    (void)((std::is_same_v<O, Os> || (++id, false)) || ...);
    return id;
  }
};

/// Every operation, once. Its place on the list is its number.
using Ops = OpList<ops::Constant, ops::Symbol, ops::Add, ops::Sub, ops::Mul, ops::Div, ops::Pow,
                   ops::Neg, ops::Exp, ops::Log, ops::Log1p, ops::Expm1, ops::Sqrt, ops::Abs,
                   ops::Sign, ops::Sin, ops::Cos, ops::Tan, ops::Asin, ops::Acos, ops::Atan,
                   ops::Sinh, ops::Cosh, ops::Tanh, ops::Sigmoid, ops::Softplus, ops::Erf, ops::Min,
                   ops::Max, ops::Less, ops::LessEqual, ops::Equal, ops::NotEqual, ops::Greater,
                   ops::GreaterEqual, ops::Select, ops::Uniform, ops::Uniform2>;

using OpId = std::uint8_t;

template <class O>
inline constexpr OpId kOp = Ops::id_of<O>();

inline constexpr const OpFacts& op_facts(OpId op) { return Ops::facts[op]; }

}  // namespace gyre
