#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient that finds its step size by itself: the more the field changed between its two
/// looks so far, the shorter the step.
template <class T = double>
struct AdaProx {
  T eta = T(1.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "adaprox",
            .name = "Adaptive extragradient",
            .does =
                "Extragradient whose step shrinks with all the change of the field between its two "
                "looks so far: no step size has to be known beforehand.",
            .paper = {"Antonakopoulos, Belmega, Mertikopoulos", 2021,
                      "Adaptive Extra-Gradient Methods for Min-Max Optimization and Games",
                      "arXiv:2010.12100"},
            .equations = {"size = eta/sqrt(1 + seen)", "now = F(w)", "ahead = P(w - size*now)",
                          "then = F(ahead)", "w = w - size*then",
                          "seen = seen + dot(then - now, then - now)"},
            .memory = {{"seen", "0"}},
            .calls = 2,
            .no_bilinear =
                "its step depends on what it has seen; the first one from nearby makes "
                "sqrt(1 - eta^2 + eta^4), later ones what extragradient makes with shorter steps",
            .keeps_field = true,
            .fails =
                "A wild beginning leaves short steps for ever, and the factor is then that of "
                "extragradient with the step it has come to."};
  }

  static auto params() {
    return std::tuple{param("eta", &AdaProx::eta, kStepSizes,
                            "step size before anything is seen, in the paper 1")};
  }

  template <class V>
  struct Memory {
    V seen;
  };

  template <ElementwisePoint V>
  requires InnerProductPoint<V> Memory<V> start(const V& w, Field<V>&)
  const { return {fill(w, T(0.0))}; }

  template <ElementwisePoint V>
  requires InnerProductPoint<V> V step(const V& w, Field<V>& F, Memory<V>& m)
  const {
    const V size = div(fill(w, eta), sqrt(fill(w, T(1.0)) + m.seen)), now = F.at(w);
    const V then = F.at(F.project(w - mul(size, now))), change = then - now;
    m.seen = m.seen + fill(w, dot(change, change));
    return w - mul(size, then);
  }
};

}  // namespace gyre
