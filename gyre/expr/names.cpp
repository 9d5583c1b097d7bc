#include "gyre/expr/names.hpp"

#include <limits>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/hints.hpp"

namespace gyre {

namespace {

bool is_value(std::string_view name, const Scope& scope) {
  return constant_named(name) || scope.scalars.contains(name) || scope.vectors.contains(name);
}

std::vector<std::string> functions(const Scope& scope) {
  std::vector<std::string> known{std::string(kSum), std::string(kDot), "pow"};
  for (const OpFacts& op : Ops::facts)
    if (op.form == Form::kFunction) known.emplace_back(op.text);
  for (const auto& [name, function] : scope.functions) known.push_back(name);
  return known;
}

/// "x*y" for `xy`, if both are values.
std::string as_product(std::string_view name, const Scope& scope) {
  for (std::size_t i = 1; i < name.size(); ++i)
    if (is_value(name.substr(0, i), scope) && is_value(name.substr(i), scope))
      return std::string(name.substr(0, i)) + "*" + std::string(name.substr(i));
  return {};
}

/// "; did you mean 'pi'?" for `PI`.
std::string in_lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return is_reserved(lower) ? "; did you mean '" + lower + "'?" : "";
}

}  // namespace

std::optional<OpId> function_named(std::string_view name) {
  if (name == "pow") return kOp<ops::Pow>;
  for (OpId op = 0; op < Ops::size; ++op)
    if (op_facts(op).form == Form::kFunction && op_facts(op).text == name) return op;
  return std::nullopt;
}

std::optional<double> constant_named(std::string_view name) {
  if (name == "pi") return std::numbers::pi;
  if (name == "e") return std::numbers::e;
  if (name == "inf") return std::numeric_limits<double>::infinity();
  if (name == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

bool is_function(std::string_view name, const Scope& scope) {
  return function_named(name) || name == kSum || name == kDot || scope.functions.contains(name);
}

bool is_reserved(std::string_view name) {
  return constant_named(name) || function_named(name) || name == kSum || name == kDot;
}

std::string unknown_name(std::string_view name, const Scope& scope) {
  const std::string message = "unknown name " + as_typed(name);
  if (const std::string product = as_product(name, scope); !product.empty())
    return message + "; to multiply, write " + product;
  std::vector<std::string> own;
  for (const auto& [known, value] : scope.scalars) own.push_back(known);
  for (const auto& [known, value] : scope.vectors) own.push_back(known);
  if (const std::string near = did_you_mean(name, own); !near.empty()) return message + near;
  if (const std::string meant = in_lower_case(name); !meant.empty()) return message + meant;
  if (const std::string hint = hint_for_name(name); !hint.empty()) return message + hint;
  std::vector<std::string> others = functions(scope);
  others.insert(others.end(), {"pi", "e"});
  if (const std::string near = did_you_mean(name, others); !near.empty()) return message + near;
  if (own.empty()) return message;
  constexpr std::size_t kShown = 12;
  const bool more = own.size() > kShown;
  if (more) own.resize(kShown);
  return message + "; this formula knows " + join(own, ", ") + (more ? ", ..." : "");
}

std::string unknown_function(std::string_view name, const Scope& scope, bool open) {
  const std::string product = "; to multiply, write " + std::string(name) + "*(...)";
  if (is_value(name, scope)) return as_typed(name) + " is not a function" + product;
  const std::string message = "unknown function " + as_typed(name);
  if (const std::string meant = in_lower_case(name); !meant.empty()) return message + meant;
  if (const std::string hint = hint_for_name(name); !hint.empty()) return message + hint;
  if (const std::string near = did_you_mean(name, functions(scope)); !near.empty())
    return message + near;
  return message + (open && name.size() <= 20 ? product : "");
}

}  // namespace gyre
