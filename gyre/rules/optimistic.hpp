#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Steps along the field it expects to meet next: twice the field now, less the field before. It
/// cures the spiralling of plain steps for one field call each; Extragradient pays two.
template <class T = double>
struct Optimistic {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "optimistic",
            .name = "Optimistic gradient",
            .does =
                "Moves along twice the field now less the field before, a guess of the field to "
                "come.",
            .paper = {"Daskalakis, Ilyas, Syrgkanis, Zeng", 2018, "Training GANs with Optimism",
                      "arXiv:1711.00141"},
            .equations = {"now = F(w)", "w = w - eta*(2*now - last)", "last = now"},
            .memory = {{"last", "F(w)"}},
            .calls = 1,
            .bilinear = kOptimismOnXy,
            .keeps_field = true,
            .fails =
                "Its largest step is about half of extragradient's: on x*y it needs "
                "eta < 1/sqrt(3).",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &Optimistic::eta, kStepSizes, "step size")};
  }

  template <class V>
  struct Memory {
    V last;
  };

  /// No field came before the first step, so it takes the one it stands in: a plain step.
  template <PointLike V>
  Memory<V> start(const V& w, Field<V>& F) const {
    return {F.at(w)};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V now = F.at(w);
    const V next = w - eta * (T(2.0) * now - m.last);
    m.last = now;
    return next;
  }
};

}  // namespace gyre
