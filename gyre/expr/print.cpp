#include "gyre/expr/print.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr std::size_t kLongest = 1'000'000;

struct Leaf {
  std::string text;
  Binding binding = Binding::kAtom;
};

/// What differs between the languages.
struct Language {
  Leaf (*constant)(double);
  std::string (*symbol)(std::string_view);
  std::string_view (*pattern)(const OpFacts&);  ///< `#1`, `~1` operands, `@` the operation's text
  Binding (*binding)(const OpFacts&);
  std::string_view open = "(", close = ")";
};

/// Whether an operand needs brackets where its operation stands.
bool needs_brackets(const OpFacts& op, int which, Binding operand) {
  if (op.form == Form::kFunction || op.form == Form::kDraw)
    return operand < Binding::kProduct || operand == Binding::kMinus;
  if (op.form == Form::kPrefix) return operand < Binding::kPower;
  if (op.right) return which == 0 ? operand <= op.binding : operand < Binding::kMinus;
  if (op.binding == Binding::kCompare) return operand <= op.binding;
  // A leading minus may stand first in a sum or product; elsewhere it needs brackets.
  if (operand == Binding::kMinus) return which > 0;
  return which == 0 ? operand < op.binding : operand <= op.binding;
}

/// Writes without recursion, in time that goes with the length of the text.
class Writer {
 public:
  Writer(const Graph& graph, const Language& language) : graph_(graph), language_(language) {}

  std::string write(NodeId root) {
    open_.push_back({root});
    while (!open_.empty()) {
      if (advance()) continue;
      if (open_.back().brackets) text_ += language_.close;
      open_.pop_back();
      if (text_.size() > kLongest)
        throw Error("the formula is longer than a million characters when written out");
    }
    return std::move(text_);
  }

 private:
  /// A formula half written.
  struct Open {
    NodeId id;
    std::size_t at = 0;  ///< in the operation's pattern
    bool brackets = false;
  };

  Leaf leaf(NodeId id) const {
    if (graph_.is_constant(id)) return language_.constant(graph_.node(id).value);
    return {language_.symbol(graph_.name(id))};
  }

  Binding binding(NodeId id) const {
    const Node& node = graph_.node(id);
    return node.arity() == 0 ? leaf(id).binding : language_.binding(op_facts(node.op));
  }

  /// Writes up to the next operand and opens that; false at the end.
  bool advance() {
    Open& now = open_.back();
    const Node& node = graph_.node(now.id);
    if (node.arity() == 0) {
      text_ += leaf(now.id).text;
      return false;
    }
    const OpFacts& op = op_facts(node.op);
    const std::string_view pattern = language_.pattern(op);
    while (now.at < pattern.size()) {
      const char c = pattern[now.at++];
      if (c == '@') {
        text_ += op.text;
      } else if (c == '#' || c == '~') {
        const int k = pattern[now.at++] - '1';
        const NodeId operand = node.args[k];
        const bool brackets = c == '#' && needs_brackets(op, k, binding(operand));
        if (brackets) text_ += language_.open;
        open_.push_back({operand, 0, brackets});
        return true;
      } else {
        text_ += c;
      }
    }
    return false;
  }

  const Graph& graph_;
  const Language& language_;
  std::vector<Open> open_;
  std::string text_;
};

std::string_view text_pattern(const OpFacts& op) {
  switch (op.form) {
    case Form::kPrefix:
      return "@#1";
    case Form::kInfix:
      break;
    default:
      return op.arity == 1 ? "@(~1)" : op.arity == 2 ? "@(~1, ~2)" : "@(~1, ~2, ~3)";
  }
  if (op.binding == Binding::kProduct || op.binding == Binding::kPower) return "#1@#2";
  return "#1 @ #2";
}

Leaf signed_number(std::string text) {
  const bool minus = text.starts_with('-');
  return {std::move(text), minus ? Binding::kMinus : Binding::kAtom};
}

/// A constant that has a name, as a name.
Leaf named_constant(double value, std::string_view pi, std::string_view e, std::string_view inf,
                    std::string_view nan) {
  const double size = std::abs(value);
  const std::string_view name = std::isnan(value)          ? nan
                                : std::isinf(value)        ? inf
                                : size == std::numbers::pi ? pi
                                : size == std::numbers::e  ? e
                                                           : std::string_view();
  if (name.empty()) return signed_number(number(value));
  return signed_number((value < 0.0 ? "-" : "") + std::string(name));
}

Leaf text_constant(double value) { return named_constant(value, "pi", "e", "inf", "nan"); }

Leaf latex_constant(double value) {
  Leaf leaf = named_constant(value, "\\pi", "e", "\\infty", "\\mathrm{NaN}");
  const std::size_t mark = leaf.text.find_first_of("0123456789") == leaf.text.npos
                               ? leaf.text.npos
                               : leaf.text.find('e');
  if (mark == leaf.text.npos) return leaf;
  const std::string power = number(*to_number(std::string_view(leaf.text).substr(mark + 1)));
  return {leaf.text.substr(0, mark) + " \\cdot 10^{" + power + "}",
          value < 0.0 ? Binding::kMinus : Binding::kProduct};
}

Leaf c_constant(double value) {
  Leaf leaf = named_constant(value, "", "", "INFINITY", "NAN");
  if (leaf.text.find_first_of(".eN") == std::string::npos) leaf.text += ".0";
  return leaf;
}

std::string c_name(std::string_view name) {
  std::string text;
  for (const char c : name)
    if (c != ']') text += c == '[' || c == '.' ? '_' : c;
  return text;
}

Binding binding_of(const OpFacts& op) { return op.binding; }

constexpr Language kText{text_constant, [](std::string_view n) { return std::string(n); },
                         text_pattern, binding_of};
constexpr Language kLatex{
    latex_constant,
    latex_name,
    [](const OpFacts& op) { return op.latex; },
    [](const OpFacts& op) { return op.form == Form::kFunction ? op.latex_binding : op.binding; },
    "\\left(",
    "\\right)"};
constexpr Language kC{c_constant, c_name, [](const OpFacts& op) { return op.c; }, binding_of};

std::string written(const Expr& expr, const Language& language) {
  if (!expr.graph()) return language.constant(expr.value()).text;
  return Writer(*expr.graph(), language).write(expr.in(*expr.graph()));
}

}  // namespace

std::string to_text(const Expr& expr) { return written(expr, kText); }
std::string to_latex(const Expr& expr) { return written(expr, kLatex); }
std::string to_c(const Expr& expr) { return written(expr, kC); }

std::string_view c_draws() {
  return R"(#include <stdint.h>
#include <string.h>

static uint64_t gyre_whole(double x) {
  uint64_t bits;
  x += 4503599627370496.0;
  memcpy(&bits, &x, 8);
  return bits & 0xFFFFFFFFFFFFFu;
}

/* Philox 4x32-10: one of the two numbers in (0, 1) that three whole numbers below 2^52 name. */
static double gyre_uniform(double seed, double lane, double counter, int last) {
  const double limit = 4503599627370496.0;
  const uint64_t low = 0xFFFFFFFFu, k = gyre_whole(seed), n = gyre_whole(lane),
                 m = gyre_whole(counter);
  uint64_t k0 = k & low, k1 = k >> 32, x0 = m & low, x1 = m >> 32, x2 = n & low, x3 = n >> 32;
  double u;
  int round;
  if (!(seed >= 0.0 && seed < limit && lane >= 0.0 && lane < limit && counter >= 0.0 &&
        counter < limit))
    return NAN;
  for (round = 0; round < 10; ++round) {
    const uint64_t p0 = x0 * 0xD2511F53u, p1 = x2 * 0xCD9E8D57u;
    x0 = (p1 >> 32) ^ x1 ^ k0, x1 = p1 & low;
    x2 = (p0 >> 32) ^ x3 ^ k1, x3 = p0 & low;
    k0 = (k0 + 0x9E3779B9u) & low, k1 = (k1 + 0xBB67AE85u) & low;
  }
  if (last) x0 = x2, x1 = x3;
  x1 = 0x3FF0000000000000u | (x1 << 20) | (x0 >> 12);
  memcpy(&u, &x1, 8);
  return u - (1.0 - 1.1102230246251565e-16);
}
)";
}

std::string latex_name(std::string_view name) {
  static constexpr std::string_view kGreek[] = {
      "alpha", "beta",    "gamma",  "delta", "epsilon", "zeta", "eta", "theta",
      "iota",  "kappa",   "lambda", "mu",    "nu",      "xi",   "rho", "sigma",
      "tau",   "upsilon", "phi",    "chi",   "psi",     "omega"};
  std::size_t end = name.size();
  std::string_view below;
  const std::size_t bracket = name.find('['), mark = name.find('_');
  if (bracket != name.npos && name.ends_with(']')) {
    end = bracket;
    below = name.substr(end + 1, name.size() - end - 2);
  } else if (mark != name.npos && mark > 0) {
    end = mark;
    below = name.substr(mark + 1);
  } else {
    while (end > 1 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
    below = name.substr(end);
  }
  auto escaped = [](std::string_view plain) {
    std::string text;
    for (const char c : plain) text += c == '_' ? "\\_" : std::string(1, c);
    return text;
  };
  std::string head = escaped(name.substr(0, end));
  if (std::find(std::begin(kGreek), std::end(kGreek), head) != std::end(kGreek))
    head = "\\" + head;
  else if (head.size() > 1)
    head = "\\mathrm{" + head + "}";
  return below.empty() ? head : head + "_{" + escaped(below) + "}";
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
        GYRE_ASSERT(graph->is_constant(id) || names.contains(id));
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
