#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient that works out how far to go from how much it saw the field turn.
template <class T = double>
struct AdaptiveEgPlus {
  T eta = T(0.1);
  T lambda = T(1.0);
  T delta = T(0.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "adaptive-eg-plus",
            .name = "Adaptive EG+",
            .does =
                "Looks ahead with a fixed step and then goes as far as a half-space between here "
                "and the solutions is away.",
            .paper = {"Pethick, Latafat, Patrinos, Fercoq, Cevher", 2022,
                      "Escaping limit cycles: Global convergence for constrained "
                      "nonconvex-nonconcave minimax problems",
                      "arXiv:2302.09831"},
            .equations = {"v = F(w)", "ahead = P(w - eta*v)", "u = ahead - w",
                          "d = u - eta*(F(ahead) - v)", "n = sqrt(dot(d, d))",
                          "alpha = delta/eta + dot(u, d)/(n*n + 1e-300)", "w = w + lambda*alpha*d"},
            .calls = 2,
            .no_bilinear =
                "its last step depends on the point, so the update map has no slope at a solution; "
                "on x*y with lambda = 1 and delta = 0 that step is always eta/(1 + eta^2) and the "
                "factor 1/sqrt(1 + eta^2)",
            .keeps_field = true,
            .fails =
                "The step ahead is fixed: it must stay below the inverse of the field's Lipschitz "
                "constant, and the game may turn its solutions away only half as strongly as that.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &AdaptiveEgPlus::eta, Range{1e-12, 1e6, true}, "step ahead"),
        param("lambda", &AdaptiveEgPlus::lambda, Range{0.0, 2.0}, "share of the way that is gone"),
        param("delta", &AdaptiveEgPlus::delta, Range{-1e6, 1e6},
              "added to the way, in steps ahead; more than -eta/2")};
  }

  template <InnerProductPoint V>
  V step(const V& w, Field<V>& F) const {
    const V v = F.at(w), ahead = F.project(w - eta * v);
    return to_half_space(w, ahead, v, F.at(ahead), eta, lambda, delta);
  }
};

}  // namespace gyre
