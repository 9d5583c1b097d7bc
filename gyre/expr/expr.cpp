#include "gyre/expr/expr.hpp"

#include <unordered_map>

#include "gyre/core/assert.hpp"

namespace gyre {

namespace {

/// Rebuilds what stands above `leaf(id)`; a leaf is any node for which it gives a replacement.
template <class Leaf>
std::vector<Expr> rebuild(std::span<const Expr> exprs, Leaf leaf) {
  Graph* graph = nullptr;
  for (const Expr& e : exprs)
    if (e.graph()) graph = e.graph();
  if (!graph) return {exprs.begin(), exprs.end()};
  std::vector<NodeId> roots;
  for (const Expr& e : exprs) roots.push_back(e.in(*graph));
  const std::vector<NodeId> order = reachable(*graph, roots);
  std::unordered_map<NodeId, NodeId> now;
  now.reserve(order.size());
  for (const NodeId id : order) {
    const Node node = graph->node(id);  // a copy: making nodes moves the store
    if (node.arity() == 0) {
      now[id] = leaf(*graph, id);
      continue;
    }
    std::array<NodeId, 3> args{};
    for (int k = 0; k < node.arity(); ++k) args[k] = now[node.args[k]];
    now[id] = graph->make(node.op, std::span(args).first(node.arity()));
  }
  std::vector<Expr> result;
  for (const NodeId r : roots) result.emplace_back(*graph, now[r]);
  return result;
}

}  // namespace

Expr simplify(const Expr& expr) {
  return rebuild(std::span(&expr, 1), [](Graph&, NodeId id) { return id; }).front();
}

std::vector<Expr> substitute(std::span<const Expr> exprs, std::span<const Expr> from,
                             std::span<const Expr> to) {
  GYRE_ASSERT(from.size() == to.size());
  std::unordered_map<NodeId, std::size_t> places;  // the first of equal symbols counts
  for (std::size_t i = 0; i < from.size(); ++i)
    if (Graph* graph = from[i].graph()) places.try_emplace(from[i].in(*graph), i);
  return rebuild(exprs, [&](Graph& graph, NodeId id) {
    const auto found = places.find(id);
    return found == places.end() ? id : to[found->second].in(graph);
  });
}

Expr substitute(const Expr& expr, std::span<const Expr> from, std::span<const Expr> to) {
  return substitute(std::span(&expr, 1), from, to).front();
}

std::vector<Expr> symbols(std::span<const Expr> exprs) {
  Graph* graph = nullptr;
  std::vector<NodeId> roots;
  for (const Expr& e : exprs)
    if (e.graph()) graph = e.graph(), roots.push_back(e.in(*graph));
  std::vector<Expr> found;
  if (!graph) return found;
  for (const NodeId id : reachable(*graph, roots))
    if (graph->node(id).op == kOp<ops::Symbol>) found.emplace_back(*graph, id);
  return found;
}

template <class T>
T evaluate(const Expr& expr, std::span<const std::pair<Expr, T>> at) {
  Graph* graph = expr.graph();
  if (!graph) return static_cast<T>(expr.value());
  const NodeId root = expr.in(*graph);
  std::unordered_map<NodeId, T> value;
  for (const auto& [symbol, given] : at) value[symbol.in(*graph)] = given;
  for (const NodeId id : reachable(*graph, std::span(&root, 1))) {
    const Node& node = graph->node(id);
    if (graph->is_constant(id)) {
      value[id] = static_cast<T>(node.value);
    } else if (node.arity() == 0) {
      GYRE_ASSERT(value.contains(id));
    } else {
      std::array<T, 3> a{};
      for (int k = 0; k < node.arity(); ++k) a[k] = value[node.args[k]];
      Ops::visit(node.op, [&]<class O>(OpTag<O>) {
        if constexpr (O::facts.arity == 1) value[id] = O::value(a[0]);
        if constexpr (O::facts.arity == 2) value[id] = O::value(a[0], a[1]);
        if constexpr (O::facts.arity == 3) value[id] = O::value(a[0], a[1], a[2]);
      });
    }
  }
  return value[root];
}

template double evaluate(const Expr&, std::span<const std::pair<Expr, double>>);
template long double evaluate(const Expr&, std::span<const std::pair<Expr, long double>>);

double evaluate(const Expr& expr, std::initializer_list<std::pair<Expr, double>> at) {
  return evaluate<double>(expr, std::span<const std::pair<Expr, double>>(at.begin(), at.size()));
}

}  // namespace gyre
