#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Divides each coordinate of the gradient by the root of the sum of all its squares.
template <class T = double>
struct Adagrad {
  T eps = T(1e-8);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "adagrad",
        .name = "AdaGrad",
        .does =
            "Divides each coordinate by the root of the sum of all its squares so far, so that "
            "steps shrink where gradients were large or many.",
        .paper = {"Duchi, Hazan, Singer", 2011,
                  "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
                  ""},
        .equations = {"s = s + v*v", "d = v/(sqrt(s) + eps)"},
        .memory = {{"s", "0"}},
        .no_bilinear =
            "divides by the size of the gradient, so the update map has no slope at the solution",
        .fails = "Steps shrink for ever, so it slows down, also where it is far from done."};
  }

  static auto params() {
    return std::tuple{param("eps", &Adagrad::eps, Range{0.0, 1.0, true}, "added to the divisor")};
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
    memory.s = memory.s + mul(v, v);
    return div(v, sqrt(memory.s) + fill(w, eps));
  }
};

}  // namespace gyre
