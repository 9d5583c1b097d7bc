#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The extra anchored gradient with steps that shrink towards a limit and may start larger for it.
template <class T = double>
struct EagV {
  T eta = T(0.1);
  T q = T(0.618);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "eag-v",
        .name = "Extra anchored gradient, varying step",
        .does =
            "Extragradient drawn back to where the run began, with steps that shrink a little "
            "from a large first one; its guarantee is ten times that of the constant step.",
        .paper = {"Yoon, Ryu", 2021,
                  "Accelerated Algorithms for Smooth Convex-Concave Minimax Problems with "
                  "O(1/k^2) Rate on Squared Gradient Norm",
                  "arXiv:2102.07922"},
        .equations = {"pulled = w + (1/(k + 2))*(anchor - w)", "ahead = P(pulled - eta*s*F(w))",
                      "w = pulled - eta*s*F(ahead)", "r = q*q*s*s",
                      "s = s*(1 - r/((k + 1)*(k + 3)*(1 - r)))", "k = k + 1", "anchor = anchor"},
        .memory = {{"anchor", "w"}, {"k", "0"}, {"s", "1"}},
        .calls = 2,
        .no_bilinear = "its steps change with time",
        .keeps_field = true,
        .fails =
            "Never faster than 1/k, also where plain rules converge exponentially; q must be "
            "eta times the Lipschitz constant of the field or more.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &EagV::eta, kStepSizes, "first step size"),
        param("q", &EagV::q, kDecays, "first step size times the Lipschitz constant of the field")};
  }

  template <class V>
  struct Memory {
    V anchor, k, s;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w, fill(w, T(0.0)), fill(w, T(1.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V one = fill(w, T(1.0)), two = fill(w, T(2.0)), size = eta * m.s;
    const V pulled = w + mul(div(one, m.k + two), m.anchor - w);
    const V ahead = F.project(pulled - mul(size, F.at(w)));
    const V next = pulled - mul(size, F.at(ahead));
    const V r = (q * q) * mul(m.s, m.s);
    const V late = mul(mul(m.k + one, m.k + one + two), one - r);
    m.s = mul(m.s, one - div(r, late));
    m.k = m.k + one;
    return next;
  }
};

}  // namespace gyre
