#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient, drawn back in both of its moves to where the run began.
template <class T = double>
struct EagC {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "eag-c",
            .name = "Extra anchored gradient, constant step",
            .does =
                "Extragradient whose two moves are drawn back to where the run began, less and "
                "less as it goes on; the field shrinks like 1/k.",
            .paper = {"Yoon, Ryu", 2021,
                      "Accelerated Algorithms for Smooth Convex-Concave Minimax Problems with "
                      "O(1/k^2) Rate on Squared Gradient Norm",
                      "arXiv:2102.07922"},
            .equations = {"pulled = w + (1/(k + 2))*(anchor - w)", "ahead = P(pulled - eta*F(w))",
                          "w = pulled - eta*F(ahead)", "k = k + 1", "anchor = anchor"},
            .memory = {{"anchor", "w"}, {"k", "0"}},
            .calls = 2,
            .no_bilinear = "its steps change with time",
            .keeps_field = true,
            .fails =
                "Never faster than 1/k, also where plain rules converge exponentially; proved for "
                "steps up to an eighth of 1/L.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &EagC::eta, kStepSizes, "step size of both moves")};
  }

  template <class V>
  struct Memory {
    V anchor, k;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w, fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V one = fill(w, T(1.0));
    const V pulled = w + mul(div(one, m.k + fill(w, T(2.0))), m.anchor - w);
    const V ahead = F.project(pulled - eta * F.at(w));
    m.k = m.k + one;
    return pulled - eta * F.at(ahead);
  }
};

}  // namespace gyre
