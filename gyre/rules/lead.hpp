#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Momentum and a force from the others' last move, as a charge feels in a magnetic field.
template <class T = double>
struct Lead {
  T eta = T(0.1);
  T beta = T(0.5);
  T alpha = T(0.51);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "lead",
            .name = "Least-action dynamics",
            .does =
                "Momentum, and against the rotation a correction by how the others' last move "
                "changed each player's gradient.",
            .paper = {"Hemmat, Mitra, Lajoie, Mitliagkas", 2023,
                      "LEAD: Min-Max Optimization from a Physical Perspective", "arXiv:2010.13846"},
            .equations = {"moved = w - last", "last = w",
                          "w = w + beta*moved - eta*F(w) - alpha*between(J(w))*moved"},
            .memory = {{"last", "w"}},
            .calls = 1,
            .products = 1,
            .no_bilinear =
                "the largest root of z^2 - (1 + beta + i*(alpha + eta))*z + beta + i*alpha, which "
                "has no short form",
            .keeps_field = true,
            .fails =
                "A product with the Jacobian a step, and no more speed on x*y than optimism has "
                "for none; diverges once alpha + eta is large.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Lead::eta, kStepSizes, "step size"),
        param("beta", &Lead::beta, Range{-0.999999999, 0.999999999}, "share of the last move"),
        param("alpha", &Lead::alpha, Range{-1e6, 1e6}, "weight of the others' last move")};
  }

  template <class V>
  struct Memory {
    V last;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V moved = w - m.last;
    m.last = w;
    return w + beta * moved - eta * F.at(w) - alpha * F.jvp_between(w, moved);
  }
};

}  // namespace gyre
