#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/expr/expr.hpp"

namespace gyre {

/// A function that a user defined: `phi(z) = z^2/4 - z^4/2`.
struct Function {
  std::vector<Expr> parameters;  ///< symbols
  Expr body;
};

/// What the names in a formula mean.
struct Scope {
  std::map<std::string, Expr, std::less<>> scalars;
  std::map<std::string, std::vector<Expr>, std::less<>> vectors;
  std::map<std::string, Function, std::less<>> functions;
};

/// Hostile text is refused at once beyond these.
inline constexpr std::size_t kLongestFormula = 65'536;  ///< bytes
inline constexpr int kDeepestFormula = 200;  ///< brackets, powers, signs inside each other
/// Operations one after the other, as in a+b+c.
inline constexpr std::size_t kLongestChain = 2'000;
/// Operations in all, once vectors and functions are written out.
inline constexpr std::size_t kMostOperations = 300'000;

/// Reads a formula for one number, exactly as written (`simplify` is another step).
///
/// Grammar: numbers, names, `+ - * / ^`, comparisons, brackets, functions of the operation table,
/// `sum(v)`, `dot(v, w)`, vector components `v[1]` counted from one, vectors `[1, x]`; arithmetic
/// on vectors goes component by component. The constants are `pi`, `e`, `inf` and `nan`. `²`, `·`,
/// `×`, `−`, `π`, `≤`, full-width signs and `**` are understood.
///
/// Throws Error with a caret under the mistake. `text` may be a part of a longer text `whole`, in
/// which the caret is then shown.
Expr parse(std::string_view text, Graph& graph, const Scope& scope);
Expr parse(std::string_view text, Graph& graph, const Scope& scope, std::string_view whole,
           std::size_t offset);

/// Reads a formula in which every unknown name is a symbol.
Expr parse_open(std::string_view text, Graph& graph);

/// Whether a name is taken by a constant or function, so that no variable can have it.
bool is_reserved(std::string_view name);

}  // namespace gyre
