#include "gyre/expr/derivative.hpp"

#include <algorithm>
#include <unordered_map>

#include "gyre/core/assert.hpp"

namespace gyre {

namespace {

template <class O>
concept Chooses = requires(const Expr& e, const Expr* t) {
  O::template tangent<Expr>(e, e, e, t);
};

/// The graph that any of the formulas belongs to, or null.
Graph* graph_of(std::span<const Expr> exprs) {
  for (const Expr& e : exprs)
    if (e.graph()) return e.graph();
  return nullptr;
}

std::vector<NodeId> ids_of(std::span<const Expr> exprs, Graph& graph) {
  std::vector<NodeId> ids;
  for (const Expr& e : exprs) ids.push_back(e.in(graph));
  return ids;
}

Expr slope(OpId op, int which, const Expr& self, const std::array<Expr, 3>& a) {
  Expr s;
  Ops::visit(op, [&]<class O>(OpTag<O>) {
    if constexpr (Chooses<O>)
      GYRE_ASSERT(false);
    else if constexpr (O::facts.arity == 1)
      s = O::template slope<Expr>(which, self, a[0]);
    else if constexpr (O::facts.arity == 2)
      s = O::template slope<Expr>(which, self, a[0], a[1]);
  });
  return s;
}

bool chooses(OpId op) {
  bool does = false;
  Ops::visit(op, [&]<class O>(OpTag<O>) { does = Chooses<O>; });
  return does;
}

std::array<Expr, 3> operands(Graph& graph, const Node& node) {
  std::array<Expr, 3> a;
  for (int k = 0; k < node.arity(); ++k) a[k] = Expr(graph, node.args[k]);
  return a;
}

}  // namespace

std::vector<Expr> jacobian_vector(std::span<const Expr> fs, std::span<const Expr> xs,
                                  std::span<const Expr> us) {
  GYRE_ASSERT(xs.size() == us.size());
  Graph* graph = graph_of(fs);
  if (!graph) return std::vector<Expr>(fs.size(), Expr(0.0));
  const std::vector<NodeId> roots = ids_of(fs, *graph);
  std::unordered_map<NodeId, Expr> tangent;  // only what is not zero
  for (std::size_t i = 0; i < xs.size(); ++i) tangent[xs[i].in(*graph)] = us[i];
  for (const NodeId id : reachable(*graph, roots)) {
    const Node node = graph->node(id);
    if (node.arity() == 0) continue;
    const std::array<Expr, 3> a = operands(*graph, node);
    std::array<Expr, 3> t;
    for (int k = 0; k < node.arity(); ++k)
      if (const auto it = tangent.find(node.args[k]); it != tangent.end()) t[k] = it->second;
    Expr sum = 0.0;
    if (chooses(node.op)) {
      Ops::visit(node.op, [&]<class O>(OpTag<O>) {
        if constexpr (Chooses<O>) sum = O::template tangent<Expr>(a[0], a[1], a[2], t.data());
      });
    } else {
      for (int k = 0; k < node.arity(); ++k)
        if (!t[k].is_constant(0.0)) sum = sum + slope(node.op, k, Expr(*graph, id), a) * t[k];
    }
    if (!sum.is_constant(0.0)) tangent[id] = sum;
  }
  std::vector<Expr> result;
  for (const NodeId r : roots) {
    const auto it = tangent.find(r);
    result.push_back(it == tangent.end() ? Expr(0.0) : it->second);
  }
  return result;
}

std::vector<Expr> vector_jacobian(std::span<const Expr> fs, std::span<const Expr> xs,
                                  std::span<const Expr> us) {
  GYRE_ASSERT(fs.size() == us.size());
  std::vector<Expr> result(xs.size(), Expr(0.0));
  Graph* graph = graph_of(fs);
  if (!graph) return result;
  const std::vector<NodeId> roots = ids_of(fs, *graph);
  const std::vector<NodeId> order = reachable(*graph, roots);
  // Backwards, a branch not taken would be asked for its slope and multiplied by zero, which is not
  // a number where that slope is infinite. Forwards it is never asked.
  if (std::any_of(order.begin(), order.end(),
                  [&](NodeId id) { return chooses(graph->node(id).op); })) {
    for (std::size_t i = 0; i < xs.size(); ++i) {
      const Expr one = 1.0;
      const std::vector<Expr> column = jacobian_vector(fs, xs.subspan(i, 1), std::span(&one, 1));
      for (std::size_t j = 0; j < fs.size(); ++j) result[i] = result[i] + us[j] * column[j];
    }
    return result;
  }
  std::unordered_map<NodeId, Expr> adjoint;
  for (std::size_t j = 0; j < roots.size(); ++j) adjoint[roots[j]] = adjoint[roots[j]] + us[j];
  for (auto id = order.rbegin(); id != order.rend(); ++id) {
    const auto found = adjoint.find(*id);
    const Node node = graph->node(*id);
    if (found == adjoint.end() || found->second.is_constant(0.0)) continue;
    const Expr back = found->second;
    const std::array<Expr, 3> a = operands(*graph, node);
    for (int k = 0; k < node.arity(); ++k) {
      if (a[k].is_constant()) continue;
      Expr& into = adjoint[node.args[k]];
      into = into + back * slope(node.op, k, Expr(*graph, *id), a);
    }
  }
  for (std::size_t i = 0; i < xs.size(); ++i)
    if (const auto it = adjoint.find(xs[i].in(*graph)); it != adjoint.end()) result[i] = it->second;
  return result;
}

std::vector<Expr> gradient(const Expr& f, std::span<const Expr> xs) {
  const Expr one = 1.0;
  return vector_jacobian(std::span(&f, 1), xs, std::span(&one, 1));
}

Expr derivative(const Expr& f, const Expr& x) { return gradient(f, std::span(&x, 1)).front(); }

}  // namespace gyre
