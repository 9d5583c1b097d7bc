#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/expr/graph.hpp"

namespace gyre {

/// A formula: a node of a graph, or a number that belongs to no graph yet. A small value; the graph
/// must outlive it. Arithmetic simplifies as it goes.
class Expr {
 public:
  Expr() = default;
  Expr(double value) : value_(value) {}  // implicit: constants mix freely
  Expr(Graph& graph, NodeId id) : graph_(&graph), id_(id) {}

  static Expr symbol(Graph& graph, std::string_view name) { return {graph, graph.symbol(name)}; }

  /// Null for a number that belongs to no graph.
  Graph* graph() const { return graph_; }
  /// The node, made in `graph` if this is a free number. A formula stays in its own graph.
  NodeId in(Graph& graph) const {
    GYRE_ASSERT(!graph_ || graph_ == &graph);
    return graph_ ? id_ : graph.constant(value_);
  }

  bool is_constant() const { return !graph_ || graph_->is_constant(id_); }
  bool is_constant(double value) const { return is_constant() && this->value() == value; }
  /// Of a constant.
  double value() const { return graph_ ? graph_->node(id_).value : value_; }

  /// Same graph and node, or the same number.
  friend bool operator==(const Expr& a, const Expr& b) {
    if (a.graph_ && a.graph_ == b.graph_) return a.id_ == b.id_;
    return a.is_constant() && b.is_constant() && a.value() == b.value();
  }

 private:
  Graph* graph_ = nullptr;
  NodeId id_ = 0;
  double value_ = 0.0;
};

/// The operation on formulas, or on numbers at once if no operand has a graph.
template <class O>
Expr apply(const Expr& a) {
  if (!a.graph()) return O::value(a.value());
  return {*a.graph(), a.graph()->make(kOp<O>, std::array{a.in(*a.graph())})};
}
template <class O>
Expr apply(const Expr& a, const Expr& b) {
  Graph* g = a.graph() ? a.graph() : b.graph();
  if (!g) return O::value(a.value(), b.value());
  return {*g, g->make(kOp<O>, std::array{a.in(*g), b.in(*g)})};
}
template <class O>
Expr apply(const Expr& a, const Expr& b, const Expr& c) {
  Graph* g = a.graph() ? a.graph() : b.graph() ? b.graph() : c.graph();
  if (!g) return O::value(a.value(), b.value(), c.value());
  return {*g, g->make(kOp<O>, std::array{a.in(*g), b.in(*g), c.in(*g)})};
}

inline Expr operator+(const Expr& a, const Expr& b) { return apply<ops::Add>(a, b); }
inline Expr operator-(const Expr& a, const Expr& b) { return apply<ops::Sub>(a, b); }
inline Expr operator*(const Expr& a, const Expr& b) { return apply<ops::Mul>(a, b); }
inline Expr operator/(const Expr& a, const Expr& b) { return apply<ops::Div>(a, b); }
inline Expr operator-(const Expr& a) { return apply<ops::Neg>(a); }
inline Expr pow(const Expr& a, const Expr& b) { return apply<ops::Pow>(a, b); }
inline Expr exp(const Expr& a) { return apply<ops::Exp>(a); }
inline Expr log(const Expr& a) { return apply<ops::Log>(a); }
inline Expr log1p(const Expr& a) { return apply<ops::Log1p>(a); }
inline Expr expm1(const Expr& a) { return apply<ops::Expm1>(a); }
inline Expr sqrt(const Expr& a) { return apply<ops::Sqrt>(a); }
inline Expr abs(const Expr& a) { return apply<ops::Abs>(a); }
inline Expr sign(const Expr& a) { return apply<ops::Sign>(a); }
inline Expr sin(const Expr& a) { return apply<ops::Sin>(a); }
inline Expr cos(const Expr& a) { return apply<ops::Cos>(a); }
inline Expr tan(const Expr& a) { return apply<ops::Tan>(a); }
inline Expr asin(const Expr& a) { return apply<ops::Asin>(a); }
inline Expr acos(const Expr& a) { return apply<ops::Acos>(a); }
inline Expr atan(const Expr& a) { return apply<ops::Atan>(a); }
inline Expr sinh(const Expr& a) { return apply<ops::Sinh>(a); }
inline Expr cosh(const Expr& a) { return apply<ops::Cosh>(a); }
inline Expr tanh(const Expr& a) { return apply<ops::Tanh>(a); }
inline Expr sigmoid(const Expr& a) { return apply<ops::Sigmoid>(a); }
inline Expr softplus(const Expr& a) { return apply<ops::Softplus>(a); }
inline Expr erf(const Expr& a) { return apply<ops::Erf>(a); }
inline Expr min(const Expr& a, const Expr& b) { return apply<ops::Min>(a, b); }
inline Expr max(const Expr& a, const Expr& b) { return apply<ops::Max>(a, b); }
inline Expr less(const Expr& a, const Expr& b) { return apply<ops::Less>(a, b); }
inline Expr less_equal(const Expr& a, const Expr& b) { return apply<ops::LessEqual>(a, b); }
inline Expr equal(const Expr& a, const Expr& b) { return apply<ops::Equal>(a, b); }
inline Expr not_equal(const Expr& a, const Expr& b) { return apply<ops::NotEqual>(a, b); }
inline Expr select(const Expr& condition, const Expr& yes, const Expr& no) {
  return apply<ops::Select>(condition, yes, no);
}
inline Expr uniform(const Expr& seed, const Expr& lane, const Expr& counter) {
  return apply<ops::Uniform>(seed, lane, counter);
}
inline Expr uniform2(const Expr& seed, const Expr& lane, const Expr& counter) {
  return apply<ops::Uniform2>(seed, lane, counter);
}

/// The same formula, simplified from the leaves up.
Expr simplify(const Expr& expr);

/// Each formula with every symbol of `from` replaced by the formula at the same place in `to`, all
/// at once, simplified.
std::vector<Expr> substitute(std::span<const Expr> exprs, std::span<const Expr> from,
                             std::span<const Expr> to);
Expr substitute(const Expr& expr, std::span<const Expr> from, std::span<const Expr> to);

/// The symbols that the formulas contain, in the order in which they were first named.
std::vector<Expr> symbols(std::span<const Expr> exprs);

/// The value at a point: the plain path that every faster one is tested against. `T` is double or
/// long double. A symbol without a value is a programmer's error.
template <class T>
T evaluate(const Expr& expr, std::span<const std::pair<Expr, T>> at);
double evaluate(const Expr& expr, std::initializer_list<std::pair<Expr, double>> at = {});

}  // namespace gyre
