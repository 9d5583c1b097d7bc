#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gyre/expr/expr.hpp"

/// Formulas as MathML, which browsers draw by themselves.
namespace gyre::report {

/// The inside of a `<math>` element. Long names keep what stands behind their last point:
/// `simultaneous.eta` is η.
std::string to_mathml(const Expr& expr);

/// A name: `theta` is θ, `x12` has its number below, `0.optimistic.last.x` is "last" with x below.
std::string mathml_name(std::string_view name);

/// A number as MathML, with `digits` significant digits.
std::string mathml_number(double value, int digits);

std::string mathml_operator(std::string_view sign);
/// Brackets as high as the text around them.
std::string mathml_bracketed(std::string_view inside);
/// A function's name with what it is taken of.
std::string mathml_call(std::string_view function, std::string_view inside);
/// Side by side.
std::string mathml_row(std::string_view inside);
std::string mathml_matrix(const std::vector<std::vector<std::string>>& rows);

/// A whole element, in the line of the text or on a line of its own.
std::string math(std::string_view inside);
std::string math_display(std::string_view inside);

}  // namespace gyre::report
