#include "gyre/expr/derivative.hpp"

#include <unordered_map>
#include <unordered_set>

#include "gyre/core/assert.hpp"

namespace gyre {

namespace {

template <class O>
concept Chooses = requires(const Expr& e, const Expr* t) {
  O::template tangent<Expr>(e, e, e, t);
};

using Operands = std::array<Expr, 3>;

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

bool chooses(OpId op) {
  bool does = false;
  Ops::visit(op, [&]<class O>(OpTag<O>) { does = Chooses<O>; });
  return does;
}

/// Of an operation that chooses between its operands: the tangent of the one chosen.
Expr chosen(OpId op, const Operands& a, const Operands& tangents) {
  Expr t;
  Ops::visit(op, [&]<class O>(OpTag<O>) {
    if constexpr (Chooses<O>) t = O::template tangent<Expr>(a[0], a[1], a[2], tangents.data());
  });
  return t;
}

/// Of any other operation: the slope in one operand.
Expr slope(OpId op, int which, const Expr& self, const Operands& a) {
  Expr s;
  Ops::visit(op, [&]<class O>(OpTag<O>) {
    if constexpr (Chooses<O>)
      GYRE_ASSERT(false);
    else if constexpr (O::facts.arity == 1)
      s = O::template slope<Expr>(which, self, a[0]);
    else if constexpr (O::facts.arity == 2)
      s = O::template slope<Expr>(which, self, a[0], a[1]);
    else if constexpr (O::facts.arity == 3)
      s = O::template slope<Expr>(which, self, a[0], a[1], a[2]);
  });
  return s;
}

Operands operands(Graph& graph, const Node& node) {
  Operands a;
  for (int k = 0; k < node.arity(); ++k) a[k] = Expr(graph, node.args[k]);
  return a;
}

/// What comes back into a node: a slope that counts where `live` is 1 and not where it is 0. Where
/// it does not count it may be anything, infinite even, so it is never multiplied by `live`.
struct Adjoint {
  Expr live = 1.0, slope;

  Expr value() const { return select(live, slope, 0.0); }
};

/// What comes back by several ways.
class Adjoints {
 public:
  void add(const Adjoint& way) {
    if (way.live.is_constant(0.0) || way.slope.is_constant(0.0)) return;
    for (Adjoint& known : ways_)
      if (known.live == way.live) {
        known.slope = known.slope + way.slope;
        return;
      }
    ways_.push_back(way);
  }

  bool empty() const { return ways_.empty(); }

  static Expr any(const Expr& a, const Expr& b) {
    return a.is_constant(1.0) || b.is_constant(1.0) ? Expr(1.0) : max(a, b);
  }

  Adjoint joined() const {
    if (ways_.empty()) return {0.0, 0.0};
    if (ways_.size() == 1) return ways_.front();
    Adjoint all{ways_.front().live, 0.0};
    for (const Adjoint& way : ways_) {
      all.live = any(all.live, way.live);
      all.slope = all.slope + way.value();
    }
    return all;
  }

 private:
  std::vector<Adjoint> ways_;
};

/// Of the nodes in `order`, those that stand on one of `xs`.
std::vector<NodeId> standing_on(std::span<const Expr> xs, Graph& graph,
                                std::span<const NodeId> order) {
  std::unordered_set<NodeId> on;
  for (const Expr& x : xs) on.insert(x.in(graph));
  std::vector<NodeId> found;
  for (const NodeId id : order) {
    const Node& node = graph.node(id);
    for (int k = 0; k < node.arity(); ++k)
      if (on.contains(node.args[k])) on.insert(id);
    if (on.contains(id)) found.push_back(id);
  }
  return found;
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
    const Operands a = operands(*graph, node);
    Operands t;
    bool moves = false;
    for (int k = 0; k < node.arity(); ++k)
      if (const auto it = tangent.find(node.args[k]); it != tangent.end())
        t[k] = it->second, moves = true;
    if (!moves) continue;
    Expr sum = 0.0;
    if (chooses(node.op)) {
      sum = chosen(node.op, a, t);
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
  const std::vector<NodeId> order = standing_on(xs, *graph, reachable(*graph, roots));
  std::unordered_map<NodeId, Adjoints> adjoints;
  for (const NodeId id : order) adjoints[id];
  for (std::size_t j = 0; j < roots.size(); ++j)
    if (const auto it = adjoints.find(roots[j]); it != adjoints.end()) it->second.add({1.0, us[j]});
  for (auto id = order.rbegin(); id != order.rend(); ++id) {
    if (adjoints[*id].empty()) continue;
    const Adjoint back = adjoints[*id].joined();
    const Node node = graph->node(*id);
    const Operands a = operands(*graph, node);
    for (int k = 0; k < node.arity(); ++k) {
      const auto into = adjoints.find(node.args[k]);
      if (into == adjoints.end()) continue;
      if (chooses(node.op)) {
        Operands unit{0.0, 0.0, 0.0};
        unit[k] = 1.0;
        into->second.add({select(chosen(node.op, a, unit), back.live, 0.0), back.slope});
      } else {
        into->second.add({back.live, back.slope * slope(node.op, k, Expr(*graph, *id), a)});
      }
    }
  }
  for (std::size_t i = 0; i < xs.size(); ++i)
    if (const auto it = adjoints.find(xs[i].in(*graph)); it != adjoints.end())
      result[i] = it->second.joined().value();
  return result;
}

std::vector<Expr> gradient(const Expr& f, std::span<const Expr> xs) {
  const Expr one = 1.0;
  return vector_jacobian(std::span(&f, 1), xs, std::span(&one, 1));
}

Expr derivative(const Expr& f, const Expr& x) { return gradient(f, std::span(&x, 1)).front(); }

}  // namespace gyre
