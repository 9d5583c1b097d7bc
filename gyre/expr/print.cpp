#include "gyre/expr/print.hpp"

#include <cmath>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr std::size_t kLongest = 1'000'000;
constexpr std::uint32_t kDeepest = 5'000;  // the printers recurse

struct Printed {
  std::string text;
  Binding binding = Binding::kAtom;
};

/// What differs between the languages: leaves, and the template of an operation.
struct Language {
  Printed (*constant)(double);
  std::string (*symbol)(std::string_view);
  std::string_view (*pattern)(const OpFacts&);
};

/// Whether an operand needs brackets where its operation stands.
bool needs_brackets(const OpFacts& op, int which, Binding operand) {
  if (op.form == Form::kFunction) return operand != Binding::kAtom;
  if (op.form == Form::kPrefix) return operand < Binding::kPower;
  if (op.right) return which == 0 ? operand <= op.binding : operand < Binding::kMinus;
  if (op.binding == Binding::kCompare) return operand <= op.binding;
  // A leading minus may stand first in a sum or product; elsewhere it needs brackets.
  if (operand == Binding::kMinus) return which > 0;
  return which == 0 ? operand < op.binding : operand <= op.binding;
}

std::string_view text_pattern(const OpFacts& op) {
  switch (op.form) {
    case Form::kPrefix:
      return "-#1";
    case Form::kInfix:
      break;
    default:
      return op.arity == 1 ? "f(~1)" : op.arity == 2 ? "f(~1, ~2)" : "f(~1, ~2, ~3)";
  }
  if (op.binding == Binding::kProduct || op.binding == Binding::kPower) return "#1f#2";
  return "#1 f #2";
}

class Printer {
 public:
  Printer(const Graph& graph, const Language& language) : graph_(graph), language_(language) {}

  Printed print(NodeId id) {
    const Node& node = graph_.node(id);
    if (node.depth > kDeepest) throw Error("the formula is nested too deeply to be written out");
    if (graph_.is_constant(id)) return language_.constant(node.value);
    if (node.arity() == 0) return {language_.symbol(graph_.name(id))};
    const OpFacts& op = op_facts(node.op);
    std::array<Printed, 3> args;
    for (int k = 0; k < node.arity(); ++k) args[k] = print(node.args[k]);
    std::string text;
    const std::string_view pattern = language_.pattern(op);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if (c == 'f' && language_.pattern == text_pattern) {
        text += op.text;
      } else if (c == '#' || c == '~') {
        const int k = pattern[++i] - '1';
        const bool brackets = c == '#' && needs_brackets(op, k, args[k].binding);
        text += brackets ? "(" + args[k].text + ")" : args[k].text;
      } else {
        text += c;
      }
    }
    if (text.size() > kLongest)
      throw Error("the formula is longer than a million characters when written out");
    return {std::move(text), op.binding};
  }

 private:
  const Graph& graph_;
  const Language& language_;
};

Printed signed_number(std::string text) {
  const bool minus = text.starts_with('-');
  return {std::move(text), minus ? Binding::kMinus : Binding::kAtom};
}

Printed text_constant(double value) {
  if (value == std::numbers::pi) return {"pi"};
  if (value == std::numbers::e) return {"e"};
  return signed_number(number(value));
}

Printed latex_constant(double value) {
  if (value == std::numbers::pi) return {"\\pi"};
  if (value == std::numbers::e) return {"e"};
  std::string text = number(value);
  if (const std::size_t e = text.find('e'); e != std::string::npos)
    return {text.substr(0, e) + " \\cdot 10^{" + number(*to_number(text.substr(e + 1))) + "}",
            Binding::kProduct};
  return signed_number(std::move(text));
}

Printed c_constant(double value) {
  std::string text = number(value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return signed_number(std::move(text));
}

std::string c_name(std::string_view name) {
  std::string text;
  for (const char c : name)
    if (c != ']') text += c == '[' || c == '.' ? '_' : c;
  return text;
}

constexpr Language kText{text_constant, [](std::string_view n) { return std::string(n); },
                         text_pattern};
constexpr Language kLatex{latex_constant, latex_name, [](const OpFacts& op) { return op.latex; }};
constexpr Language kC{c_constant, c_name, [](const OpFacts& op) { return op.c; }};

std::string written(const Expr& expr, const Language& language) {
  if (!expr.graph()) return language.constant(expr.value()).text;
  return Printer(*expr.graph(), language).print(expr.in(*expr.graph())).text;
}

}  // namespace

std::string to_text(const Expr& expr) { return written(expr, kText); }
std::string to_latex(const Expr& expr) { return written(expr, kLatex); }
std::string to_c(const Expr& expr) { return written(expr, kC); }

std::string latex_name(std::string_view name) {
  static constexpr std::string_view kGreek[] = {
      "alpha", "beta",    "gamma",  "delta", "epsilon", "zeta", "eta", "theta",
      "iota",  "kappa",   "lambda", "mu",    "nu",      "xi",   "rho", "sigma",
      "tau",   "upsilon", "phi",    "chi",   "psi",     "omega"};
  std::size_t end = name.size();
  std::string below;
  if (name.ends_with(']')) {
    end = name.find('[');
    below = name.substr(end + 1, name.size() - end - 2);
  } else if (const std::size_t mark = name.find('_'); mark != name.npos && mark > 0) {
    end = mark;
    below = name.substr(mark + 1);
  } else {
    while (end > 1 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
    below = name.substr(end);
  }
  std::string head(name.substr(0, end));
  bool greek = false;
  for (const std::string_view letter : kGreek) greek = greek || head == letter;
  if (greek)
    head = "\\" + head;
  else if (head.size() > 1)
    head = "\\mathrm{" + head + "}";
  std::string escaped;
  for (const char c : below) escaped += c == '_' ? "\\_" : std::string(1, c);
  return escaped.empty() ? head : head + "_{" + escaped + "}";
}

std::string to_c_function(std::string_view name, std::span<const Expr> inputs,
                          std::span<const Expr> outputs) {
  Graph* graph = nullptr;
  std::vector<NodeId> roots;
  for (const Expr& e : outputs)
    if (e.graph()) graph = e.graph();
  std::string body;
  std::unordered_map<NodeId, std::string> names;
  if (graph) {
    for (const Expr& e : outputs) roots.push_back(e.in(*graph));
    for (std::size_t i = 0; i < inputs.size(); ++i)
      names[inputs[i].in(*graph)] = "in[" + std::to_string(i) + "]";
    for (const NodeId id : reachable(*graph, roots)) {
      const Node& node = graph->node(id);
      if (node.arity() == 0) {
        if (graph->is_constant(id)) names[id] = "(" + c_constant(node.value).text + ")";
        continue;
      }
      std::string value;
      const std::string_view pattern = op_facts(node.op).c;
      for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '#' || pattern[i] == '~')
          value += names.at(node.args[pattern[++i] - '1']);
        else
          value += pattern[i];
      }
      names[id] = "t" + std::to_string(id);
      body += "  const double " + names[id] + " = " + value + ";\n";
    }
  }
  std::string text = "void " + std::string(name) + "(const double *in, double *out) {\n" + body;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    text += "  out[" + std::to_string(i) +
            "] = " + (graph ? names.at(roots[i]) : c_constant(outputs[i].value()).text) + ";\n";
  return text + "}\n";
}

}  // namespace gyre
