#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gyre/expr/expr.hpp"

namespace gyre {

/// The formula as text that parses back to the same node, where it stays within the limits of the
/// parser. Throws Error, as all printers do, when a formula with much sharing would become longer
/// than a million characters.
std::string to_text(const Expr& expr);

/// The formula as LaTeX, for mathematics mode.
std::string to_latex(const Expr& expr);

/// A name as LaTeX: `theta` becomes \theta, `x12` x_{12}, `x[3]` x_{3}.
std::string latex_name(std::string_view name);

/// The formula as one C expression on doubles; needs <math.h>, and c_draws() if it draws. Symbols
/// keep their names, but for vector components: `x[3]` becomes x_3.
std::string to_c(const Expr& expr);

/// The C function that draws are calls of: to stand once, before what uses it.
std::string_view c_draws();

/// A C function `void name(const double *in, double *out)` that computes all formulas, shared parts
/// once. `in` follows the order of `inputs`, which hold every symbol of the formulas.
std::string to_c_function(std::string_view name, std::span<const Expr> inputs,
                          std::span<const Expr> outputs);

}  // namespace gyre
