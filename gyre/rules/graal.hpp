#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Steps from a running mean of the points, one field call each.
template <class T = double>
struct Graal {
  T eta = T(0.1);
  T phi = T(1.618033988749895);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "graal",
            .name = "Golden-ratio algorithm",
            .does = "Steps along the field where it stands, but from a running mean of its points.",
            .paper = {"Malitsky", 2020, "Golden ratio algorithms for variational inequalities",
                      "arXiv:1803.08832"},
            .equations = {"bar = bar + ((phi - 1)/phi)*(w - bar)", "w = bar - eta*F(w)"},
            .memory = {{"bar", "w"}},
            .calls = 1,
            .no_bilinear =
                "the largest root of z^2 - (1 + i*eta)*z + i*eta/phi, which has no short form",
            .keeps_field = true,
            .fails = "Slow for small steps: most of its step is pulled back.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &Graal::eta, kStepSizes, "step size"),
                      param("phi", &Graal::phi, Range{1.01, 2.0}, "inverse weight of the mean")};
  }

  template <class V>
  struct Memory {
    V bar;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    m.bar = m.bar + ((phi - T(1.0)) / phi) * (w - m.bar);
    return m.bar - eta * F.at(w);
  }
};

}  // namespace gyre
