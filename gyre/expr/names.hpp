#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gyre/expr/parse.hpp"

namespace gyre {

inline constexpr std::string_view kSum = "sum", kDot = "dot";

/// The operation that is written as this function, if there is one.
std::optional<OpId> function_named(std::string_view name);

std::optional<double> constant_named(std::string_view name);

bool is_function(std::string_view name, const Scope& scope);

// What to say of a name that means nothing here, with what may have been meant. Where the formula
// is open any name may be a variable.
std::string unknown_name(std::string_view name, const Scope& scope);
std::string unknown_function(std::string_view name, const Scope& scope, bool open);

}  // namespace gyre
