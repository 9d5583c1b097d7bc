#include "gyre/expr/rewrites.hpp"

#include <cmath>
#include <utility>

namespace gyre {

namespace {

using Found = std::optional<NodeId>;
constexpr std::nullopt_t kNo = std::nullopt;

template <class O>
bool is(const Pattern& p) {
  return p.op == kOp<O>;
}
template <class O>
bool is(const Graph& g, NodeId id) {
  return g.node(id).op == kOp<O>;
}
template <class O>
NodeId make(Graph& g, NodeId a) {
  return g.make(kOp<O>, std::array{a});
}
template <class O>
NodeId make(Graph& g, NodeId a, NodeId b) {
  return g.make(kOp<O>, std::array{a, b});
}
double value(const Graph& g, NodeId id) { return g.node(id).value; }
NodeId arg(const Graph& g, NodeId id, int k) { return g.node(id).args[k]; }

Found fold_constants(Graph& g, const Pattern& p) {
  const int arity = op_facts(p.op).arity;
  for (int k = 0; k < arity; ++k)
    if (!g.is_constant(p.args[k])) return kNo;
  const double a = value(g, p.args[0]);
  const double b = arity > 1 ? value(g, p.args[1]) : 0.0;
  const double c = arity > 2 ? value(g, p.args[2]) : 0.0;
  double folded = std::nan("");
  Ops::visit(p.op, [&]<class O>(OpTag<O>) {
    if constexpr (O::facts.arity == 1) folded = O::value(a);
    if constexpr (O::facts.arity == 2) folded = O::value(a, b);
    if constexpr (O::facts.arity == 3) folded = O::value(a, b, c);
  });
  if (!std::isfinite(folded)) return kNo;  // 1/0 stays visible as what it is
  return g.constant(folded);
}

// Constants first, then by number, so that x*y and y*x become one node.
Found order_operands(Graph& g, const Pattern& p) {
  if (!op_facts(p.op).commutes) return kNo;
  const auto [a, b, c] = p.args;
  const bool swap = g.is_constant(b) ? !g.is_constant(a) : !g.is_constant(a) && b < a;
  if (!swap) return kNo;
  return g.make(p.op, std::array{b, a});
}

Found add_zero(Graph& g, const Pattern& p) {
  return is<ops::Add>(p) && g.is_constant(p.args[0], 0.0) ? Found(p.args[1]) : kNo;
}

/// 2*y for the node -2*y.
Found without_minus(Graph& g, NodeId id) {
  if (!is<ops::Mul>(g, id)) return kNo;
  const NodeId factor = arg(g, id, 0), rest = arg(g, id, 1);
  if (!g.is_constant(factor) || !(value(g, factor) < 0.0)) return kNo;
  return make<ops::Mul>(g, g.constant(-value(g, factor)), rest);
}

Found add_negative_multiple(Graph& g, const Pattern& p) {
  if (!is<ops::Add>(p)) return kNo;
  const auto [a, b, c] = p.args;
  if (const Found positive = without_minus(g, b)) return make<ops::Sub>(g, a, *positive);
  if (const Found positive = without_minus(g, a)) return make<ops::Sub>(g, b, *positive);
  return kNo;
}

Found subtract_negative_multiple(Graph& g, const Pattern& p) {
  if (!is<ops::Sub>(p)) return kNo;
  const Found positive = without_minus(g, p.args[1]);
  return positive ? Found(make<ops::Add>(g, p.args[0], *positive)) : kNo;
}

Found add_negative(Graph& g, const Pattern& p) {
  if (!is<ops::Add>(p)) return kNo;
  const auto [a, b, c] = p.args;
  if (is<ops::Neg>(g, b)) return make<ops::Sub>(g, a, arg(g, b, 0));
  if (is<ops::Neg>(g, a)) return make<ops::Sub>(g, b, arg(g, a, 0));
  return kNo;
}

Found add_twin(Graph& g, const Pattern& p) {
  if (!is<ops::Add>(p) || p.args[0] != p.args[1]) return kNo;
  return make<ops::Mul>(g, g.constant(2.0), p.args[0]);
}

Found subtract_zero(Graph& g, const Pattern& p) {
  return is<ops::Sub>(p) && g.is_constant(p.args[1], 0.0) ? Found(p.args[0]) : kNo;
}

Found subtract_from_zero(Graph& g, const Pattern& p) {
  if (!is<ops::Sub>(p) || !g.is_constant(p.args[0], 0.0)) return kNo;
  return make<ops::Neg>(g, p.args[1]);
}

Found subtract_itself(Graph& g, const Pattern& p) {
  return is<ops::Sub>(p) && p.args[0] == p.args[1] ? Found(g.constant(0.0)) : kNo;
}

Found subtract_negative(Graph& g, const Pattern& p) {
  if (!is<ops::Sub>(p) || !is<ops::Neg>(g, p.args[1])) return kNo;
  return make<ops::Add>(g, p.args[0], arg(g, p.args[1], 0));
}

Found multiply_by_zero(Graph& g, const Pattern& p) {
  return is<ops::Mul>(p) && g.is_constant(p.args[0], 0.0) ? Found(p.args[0]) : kNo;
}

Found multiply_by_one(Graph& g, const Pattern& p) {
  return is<ops::Mul>(p) && g.is_constant(p.args[0], 1.0) ? Found(p.args[1]) : kNo;
}

Found multiply_by_minus_one(Graph& g, const Pattern& p) {
  if (!is<ops::Mul>(p) || !g.is_constant(p.args[0], -1.0)) return kNo;
  return make<ops::Neg>(g, p.args[1]);
}

Found multiply_negative(Graph& g, const Pattern& p) {
  if (!is<ops::Mul>(p)) return kNo;
  const auto [a, b, c] = p.args;
  if (is<ops::Neg>(g, b)) {
    if (g.is_constant(a)) return make<ops::Mul>(g, g.constant(-value(g, a)), arg(g, b, 0));
    return make<ops::Neg>(g, make<ops::Mul>(g, a, arg(g, b, 0)));
  }
  if (is<ops::Neg>(g, a)) return make<ops::Neg>(g, make<ops::Mul>(g, arg(g, a, 0), b));
  return kNo;
}

Found gather_factors(Graph& g, const Pattern& p) {
  if (!is<ops::Mul>(p) || !g.is_constant(p.args[0])) return kNo;
  const NodeId inner = p.args[1];
  if (!is<ops::Mul>(g, inner) || !g.is_constant(arg(g, inner, 0))) return kNo;
  const double product = value(g, p.args[0]) * value(g, arg(g, inner, 0));
  if (!std::isnormal(product)) return kNo;
  return make<ops::Mul>(g, g.constant(product), arg(g, inner, 1));
}

Found divide_by_one(Graph& g, const Pattern& p) {
  return is<ops::Div>(p) && g.is_constant(p.args[1], 1.0) ? Found(p.args[0]) : kNo;
}

Found divide_zero(Graph& g, const Pattern& p) {
  if (!is<ops::Div>(p) || !g.is_constant(p.args[0], 0.0)) return kNo;
  return g.is_constant(p.args[1], 0.0) ? kNo : Found(p.args[0]);
}

Found divide_negative(Graph& g, const Pattern& p) {
  if (!is<ops::Div>(p)) return kNo;
  const auto [a, b, c] = p.args;
  if (is<ops::Neg>(g, a)) return make<ops::Neg>(g, make<ops::Div>(g, arg(g, a, 0), b));
  if (is<ops::Neg>(g, b)) return make<ops::Neg>(g, make<ops::Div>(g, a, arg(g, b, 0)));
  return kNo;
}

Found negate_twice(Graph& g, const Pattern& p) {
  return is<ops::Neg>(p) && is<ops::Neg>(g, p.args[0]) ? Found(arg(g, p.args[0], 0)) : kNo;
}

Found negate_difference(Graph& g, const Pattern& p) {
  if (!is<ops::Neg>(p) || !is<ops::Sub>(g, p.args[0])) return kNo;
  return make<ops::Sub>(g, arg(g, p.args[0], 1), arg(g, p.args[0], 0));
}

Found negate_multiple(Graph& g, const Pattern& p) {
  if (!is<ops::Neg>(p) || !is<ops::Mul>(g, p.args[0])) return kNo;
  const NodeId factor = arg(g, p.args[0], 0);
  if (!g.is_constant(factor)) return kNo;
  return make<ops::Mul>(g, g.constant(-value(g, factor)), arg(g, p.args[0], 1));
}

Found power_one(Graph& g, const Pattern& p) {
  return is<ops::Pow>(p) && g.is_constant(p.args[1], 1.0) ? Found(p.args[0]) : kNo;
}

Found power_zero(Graph& g, const Pattern& p) {
  return is<ops::Pow>(p) && g.is_constant(p.args[1], 0.0) ? Found(g.constant(1.0)) : kNo;
}

Found square_as_power(Graph& g, const Pattern& p) {
  if (!is<ops::Mul>(p) || p.args[0] != p.args[1] || g.is_constant(p.args[0])) return kNo;
  return make<ops::Pow>(g, p.args[0], g.constant(2.0));
}

Found even_function(Graph& g, const Pattern& p) {
  const bool even = is<ops::Abs>(p) || is<ops::Cos>(p) || is<ops::Cosh>(p);
  if (!even || !is<ops::Neg>(g, p.args[0])) return kNo;
  return g.make(p.op, std::array{arg(g, p.args[0], 0)});
}

Found odd_function(Graph& g, const Pattern& p) {
  const bool odd = is<ops::Sin>(p) || is<ops::Tan>(p) || is<ops::Tanh>(p) || is<ops::Sinh>(p) ||
                   is<ops::Asin>(p) || is<ops::Atan>(p) || is<ops::Erf>(p) || is<ops::Sign>(p);
  if (!odd || !is<ops::Neg>(g, p.args[0])) return kNo;
  return make<ops::Neg>(g, g.make(p.op, std::array{arg(g, p.args[0], 0)}));
}

Found compare_with_itself(Graph& g, const Pattern& p) {
  if (op_facts(p.op).binding != Binding::kCompare || p.args[0] != p.args[1]) return kNo;
  const bool holds = is<ops::LessEqual>(p) || is<ops::GreaterEqual>(p) || is<ops::Equal>(p);
  return g.constant(holds ? 1.0 : 0.0);
}

Found choose_known(Graph& g, const Pattern& p) {
  if (!is<ops::Select>(p) || !g.is_constant(p.args[0])) return kNo;
  return value(g, p.args[0]) != 0.0 ? p.args[1] : p.args[2];
}

Found choose_between_twins(Graph&, const Pattern& p) {
  return is<ops::Select>(p) && p.args[1] == p.args[2] ? Found(p.args[1]) : kNo;
}

// What a comparison says is said again in the derivatives of min and max.
Found choose_by_a_choice(Graph& g, const Pattern& p) {
  if (!is<ops::Select>(p) || !is<ops::Select>(g, p.args[0])) return kNo;
  const Node inner = g.node(p.args[0]);
  const auto says = [&](double yes, double no) {
    return g.is_constant(inner.args[1], yes) && g.is_constant(inner.args[2], no);
  };
  if (says(1.0, 0.0)) return g.make(p.op, std::array{inner.args[0], p.args[1], p.args[2]});
  if (says(0.0, 1.0)) return g.make(p.op, std::array{inner.args[0], p.args[2], p.args[1]});
  return kNo;
}

Found join_choices(Graph& g, const Pattern& p) {
  const bool cheap =
      is<ops::Add>(p) || is<ops::Sub>(p) || is<ops::Mul>(p) || is<ops::Min>(p) || is<ops::Max>(p);
  if (!cheap || !is<ops::Select>(g, p.args[0]) || !is<ops::Select>(g, p.args[1])) return kNo;
  const Node a = g.node(p.args[0]), b = g.node(p.args[1]);
  // One side a constant, or choices within choices would be joined in exponential time.
  for (const int k : {1, 2})
    if (!g.is_constant(a.args[k]) && !g.is_constant(b.args[k])) return kNo;
  if (a.args[0] != b.args[0]) return kNo;
  const NodeId yes = g.make(p.op, std::array{a.args[1], b.args[1]});
  const NodeId no = g.make(p.op, std::array{a.args[2], b.args[2]});
  return g.make(kOp<ops::Select>, std::array{a.args[0], yes, no});
}

Found extreme_of_twins(Graph&, const Pattern& p) {
  const bool extreme = is<ops::Min>(p) || is<ops::Max>(p);
  return extreme && p.args[0] == p.args[1] ? Found(p.args[0]) : kNo;
}

constexpr Rewrite kRewrites[] = {
    {"fold constants", "2*3 - 1", "5", fold_constants},
    {"order operands", "y*x", "x*y", order_operands},
    {"add zero", "x + 0", "x", add_zero},
    {"add a negative", "x + -y", "x - y", add_negative},
    {"add a twin", "x + x", "2*x", add_twin},
    {"subtract zero", "x - 0", "x", subtract_zero},
    {"subtract from zero", "0 - x", "-x", subtract_from_zero},
    {"subtract itself", "x*y - x*y", "0", subtract_itself},
    {"add a negative multiple", "x + -2*y", "x - 2*y", add_negative_multiple},
    {"subtract a negative multiple", "x - -2*y", "x + 2*y", subtract_negative_multiple},
    {"subtract a negative", "x - -y", "x + y", subtract_negative},
    {"multiply by zero", "x*0", "0", multiply_by_zero},
    {"multiply by one", "1*x", "x", multiply_by_one},
    {"multiply by minus one", "-1*x", "-x", multiply_by_minus_one},
    {"multiply a negative", "x*(-y)", "-(x*y)", multiply_negative},
    {"gather factors", "2*(3*x)", "6*x", gather_factors},
    {"divide by one", "x/1", "x", divide_by_one},
    {"divide zero", "0/x", "0", divide_zero},
    {"divide a negative", "x/(-y)", "-(x/y)", divide_negative},
    {"negate twice", "-(-x)", "x", negate_twice},
    {"negate a difference", "-(x - y)", "y - x", negate_difference},
    {"negate a multiple", "-(2*x)", "-2*x", negate_multiple},
    {"power one", "x^1", "x", power_one},
    {"power zero", "x^0", "1", power_zero},
    {"square as a power", "x*x", "x^2", square_as_power},
    {"even function", "cos(-x)", "cos(x)", even_function},
    {"odd function", "tanh(-x)", "-tanh(x)", odd_function},
    {"compare with itself", "x <= x", "1", compare_with_itself},
    {"choose by a known", "select(0, x, y)", "y", choose_known},
    {"choose between twins", "select(x, y, y)", "y", choose_between_twins},
    {"choose by a choice", "select(select(x, 0, 1), x, y)", "select(x, y, x)", choose_by_a_choice},
    {"join choices", "select(x, y, 0) + select(x, 0, 3*y)", "select(x, y, 3*y)", join_choices},
    {"extreme of twins", "max(x, x)", "x", extreme_of_twins},
};

}  // namespace

std::span<const Rewrite> rewrites() { return kRewrites; }

NodeId rewritten(Graph& graph, OpId op, std::array<NodeId, 3> args) {
  const Pattern pattern{op, args};
  for (const Rewrite& rewrite : kRewrites)
    if (const Found simpler = rewrite.apply(graph, pattern)) return *simpler;
  return graph.raw(op, std::span(args).first(op_facts(op).arity));
}

}  // namespace gyre
