#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Adam whose divisor never shrinks again, without correction for the start at zero.
template <class T = double>
struct AmsGrad {
  T beta1 = T(0.5), beta2 = T(0.9), eps = T(1e-8);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "amsgrad",
        .name = "AMSGrad",
        .does =
            "Adam that divides by the largest running mean of squares so far, so that a step never "
            "grows again.",
        .paper = {"Reddi, Kale, Kumar", 2018, "On the Convergence of Adam and Beyond",
                  "arXiv:1904.09237"},
        .equations = {"m = beta1*m + (1 - beta1)*v", "s = beta2*s + (1 - beta2)*v*v",
                      "top = max(top, s)", "d = m/(sqrt(top) + eps)"},
        .memory = {{"m", "0"}, {"s", "0"}, {"top", "0"}},
        .no_bilinear =
            "divides by the size of the gradient, so the update map has no slope at the solution",
        .fails =
            "One steep place on the way keeps all later steps small; near a rotating solution it "
            "is momentum with a fixed step and spirals out."};
  }

  static auto params() {
    return std::tuple{
        param("beta1", &AmsGrad::beta1, Range{-0.999999999, 0.999999999},
              "decay of the running mean"),
        param("beta2", &AmsGrad::beta2, kDecays, "decay of the running mean of squares"),
        param("eps", &AmsGrad::eps, Range{0.0, 1.0, true}, "added to the divisor")};
  }

  template <class V>
  struct Memory {
    V m, s, top;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {fill(w, T(0.0)), fill(w, T(0.0)), fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& memory) const {
    auto& [m, s, top] = memory;
    const V v = F.at(w, player);
    m = beta1 * m + (T(1.0) - beta1) * v;
    s = beta2 * s + (T(1.0) - beta2) * mul(v, v);
    top = max(top, s);
    return div(m, sqrt(top) + fill(w, eps));
  }
};

}  // namespace gyre
