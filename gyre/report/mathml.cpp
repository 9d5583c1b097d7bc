#include "gyre/report/mathml.hpp"

#include <array>
#include <numbers>
#include <utility>

#include "gyre/core/text.hpp"
#include "gyre/report/format.hpp"
#include "gyre/report/html.hpp"

namespace gyre::report {

namespace {

struct Letter {
  std::string_view name, sign;
};
constexpr Letter kGreek[] = {
    {"alpha", "α"}, {"beta", "β"},  {"gamma", "γ"}, {"delta", "δ"}, {"epsilon", "ε"}, {"zeta", "ζ"},
    {"eta", "η"},   {"theta", "θ"}, {"iota", "ι"},  {"kappa", "κ"}, {"lambda", "λ"},  {"mu", "μ"},
    {"nu", "ν"},    {"xi", "ξ"},    {"rho", "ρ"},   {"sigma", "σ"}, {"tau", "τ"},     {"phi", "φ"},
    {"chi", "χ"},   {"psi", "ψ"},   {"omega", "ω"}};

std::string identifier(std::string_view name) {
  for (const Letter& letter : kGreek)
    if (letter.name == name) name = letter.sign;
  return tag("mi", escape(name));
}

std::string below(const std::string& what, const std::string& index) {
  return tag("msub", what + index);
}

struct Printed {
  std::string html;
  Binding binding = Binding::kAtom;
};

/// An operand, in brackets if it binds no tighter than asked.
std::string operand(const Printed& p, bool brackets) {
  return brackets ? mathml_bracketed(p.html) : mathml_row(p.html);
}

class Printer {
 public:
  explicit Printer(const Graph& graph) : graph_(graph) {}

  Printed print(NodeId id) const {
    const Node& node = graph_.node(id);
    if (graph_.is_constant(id)) return constant(node.value);
    if (node.arity() == 0) return {mathml_name(graph_.name(id))};
    std::array<Printed, 3> args;
    for (int k = 0; k < node.arity(); ++k) args[k] = print(node.args[k]);
    if (node.op == kOp<ops::Div>)
      return {tag("mfrac", mathml_row(args[0].html) + mathml_row(args[1].html))};
    if (node.op == kOp<ops::Sqrt>) return {tag("msqrt", args[0].html)};
    if (node.op == kOp<ops::Exp>)
      return {tag("msup", tag("mi", "e") + mathml_row(args[0].html)), Binding::kPower};
    if (node.op == kOp<ops::Pow>)
      return {tag("msup",
                  operand(args[0], args[0].binding <= Binding::kPower) + mathml_row(args[1].html)),
              Binding::kPower};
    // A step size stands before what it multiplies.
    if (node.op == kOp<ops::Mul> && is_knob(node.args[1]) && !is_knob(node.args[0]) &&
        !graph_.is_constant(node.args[0]))
      std::swap(args[0], args[1]);
    const OpFacts& op = op_facts(node.op);
    if (op.form == Form::kPrefix)
      return {mathml_operator("−") + operand(args[0], args[0].binding < Binding::kProduct),
              Binding::kMinus};
    if (op.form == Form::kInfix) {
      const bool product = op.binding == Binding::kProduct;
      // Letters side by side are a product; so are a number and a letter.
      const std::string sign =
          product ? mathml_operator("\u2062") : mathml_operator(op.text == "-" ? "−" : op.text);
      return {
          operand(args[0], args[0].binding < op.binding && args[0].binding != Binding::kMinus) +
              sign +
              operand(args[1], args[1].binding <= op.binding || args[1].binding == Binding::kMinus),
          op.binding};
    }
    std::string inside;
    for (int k = 0; k < node.arity(); ++k)
      inside += (k > 0 ? mathml_operator(",") : "") + args[k].html;
    return {mathml_call(op.text, mathml_bracketed(inside))};
  }

 private:
  /// Whether it is a number of the rule: STAGE.PARAMETER.
  bool is_knob(NodeId id) const {
    return graph_.node(id).op == kOp<ops::Symbol> && split(graph_.name(id), '.').size() == 2;
  }

  static Printed constant(double value) {
    if (value == std::numbers::pi) return {tag("mi", "π")};
    const std::string text = shown(value, 6);
    if (value < 0.0) return {mathml_operator("−") + mathml_number(-value, 6), Binding::kMinus};
    return {tag("mn", escape(text))};
  }

  const Graph& graph_;
};

}  // namespace

std::string mathml_name(std::string_view name) {
  std::vector<std::string_view> parts = split(name, '.');
  // A slot's coordinate: NUMBER.stage.slot.coordinate.
  if (parts.size() == 4) return below(identifier(parts[2]), mathml_name(parts[3]));
  // A player's factor has the player's name, which is a coordinate too.
  if (parts.size() == 2 && parts[0] == "scale") return below(tag("mi", "s"), identifier(parts[1]));
  name = parts.back();
  if (name.ends_with(']')) {
    const std::size_t open = name.find('[');
    return below(identifier(name.substr(0, open)),
                 tag("mn", escape(name.substr(open + 1, name.size() - open - 2))));
  }
  std::size_t end = name.size();
  while (end > 1 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
  if (end == name.size()) return identifier(name);
  return below(identifier(name.substr(0, end)), tag("mn", escape(name.substr(end))));
}

std::string mathml_number(double value, int digits) {
  const std::string text = shown(value < 0.0 ? -value : value, digits);
  return (value < 0.0 ? mathml_operator("−") : "") + tag("mn", escape(text));
}

std::string mathml_operator(std::string_view sign) { return tag("mo", escape(sign)); }

std::string mathml_bracketed(std::string_view inside) {
  const Attributes low{{"stretchy", "false"}};
  return mathml_row(tag("mo", low, "(") + std::string(inside) + tag("mo", low, ")"));
}

std::string mathml_call(std::string_view function, std::string_view inside) {
  return mathml_row(tag("mi", escape(function)) + mathml_operator("\u2061") + std::string(inside));
}

std::string mathml_row(std::string_view inside) { return tag("mrow", inside); }

std::string mathml_matrix(const std::vector<std::vector<std::string>>& rows) {
  std::string inside;
  for (const std::vector<std::string>& row : rows) {
    std::string cells;
    for (const std::string& cell : row) cells += tag("mtd", cell);
    inside += tag("mtr", cells);
  }
  return mathml_row(mathml_operator("(") + tag("mtable", inside) + mathml_operator(")"));
}

std::string to_mathml(const Expr& expr) {
  if (!expr.graph()) return mathml_number(expr.value(), 6);
  return Printer(*expr.graph()).print(expr.in(*expr.graph())).html;
}

std::string math(std::string_view inside) { return tag("math", mathml_row(inside)); }

std::string math_display(std::string_view inside) {
  return tag("math", {{"display", "block"}}, mathml_row(inside));
}

}  // namespace gyre::report
