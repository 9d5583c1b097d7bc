#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Divides each coordinate of the gradient by its recent root mean square.
template <class T = double>
struct RmsProp {
  T beta = T(0.99), eps = T(1e-8);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "rmsprop",
        .name = "RMSProp",
        .does =
            "Divides each coordinate by the root of a running mean of its squares, so that "
            "all coordinates move at about the step size.",
        .paper = {"Tieleman, Hinton", 2012, "Lecture 6.5: RMSProp", ""},
        .equations = {"s = beta*s + (1 - beta)*v*v", "d = v/(sqrt(s) + eps)"},
        .memory = {{"s", "0"}},
        .no_bilinear =
            "divides by the size of the gradient, so the update map has no slope at the solution",
        .fails = "The step does not shrink near a solution: it ends in a small cycle."};
  }

  static auto params() {
    return std::tuple{
        param("beta", &RmsProp::beta, kDecays, "decay of the running mean of squares"),
        param("eps", &RmsProp::eps, Range{0.0, 1.0, true}, "added to the divisor")};
  }

  template <class V>
  struct Memory {
    V s;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& memory) const {
    const V v = F.at(w, player);
    memory.s = beta * memory.s + (T(1.0) - beta) * mul(v, v);
    return div(v, sqrt(memory.s) + fill(w, eps));
  }
};

}  // namespace gyre
