#pragma once

#include <vector>

#include "gyre/expr/expr.hpp"

namespace gyre {

/// A square matrix of formulas, row by row.
using ExprMatrix = std::vector<std::vector<Expr>>;

/// The solution of m x = b as formulas, by elimination. Entries that are zero as formulas cost
/// nothing; where there is a choice of pivots that only the values decide, it is made by select(),
/// so that the result is straight-line and can be differentiated. Where m turns out singular the
/// values are not finite; throws Error if it is singular as a formula, whatever the values, and if
/// it has more than kMostUnknowns rows.
std::vector<Expr> solve_linear(ExprMatrix m, std::vector<Expr> b);

inline constexpr std::size_t kMostUnknowns = 48;

/// Throws the Error about a system that is singular whatever the values.
[[noreturn]] void throw_singular();

}  // namespace gyre
