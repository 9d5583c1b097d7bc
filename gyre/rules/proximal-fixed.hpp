#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The implicit step without linear systems.
template <class T = double>
struct ProximalFixed {
  T eta = T(0.1);
  int iterations = 4;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "proximal-fixed",
        .name = "Proximal point by fixed-point iterations",
        .does =
            "Looks for the place whose field leads there from here by stepping with the field "
            "of the last guess; 1 guess is a plain step, 2 are extragradient.",
        .paper = {"Rockafellar", 1976, "Monotone Operators and the Proximal Point Algorithm", ""},
        .equations = {"z = w", "iterations times: z = P(w - eta*F(z))", "w = z"},
        .calls = 4,
        .bilinear =
            "sqrt(max(0, 1 - 2*eta^(iterations + 1)*cos((iterations + 1)*2*atan(1)) + "
            "eta^(2*(iterations + 1)))/(1 + eta^2))",
        .keeps_field = true,
        .fails =
            "The iterations get nowhere if eta is above the inverse of the field's Lipschitz "
            "constant. On x*y two or three in every four numbers of them contract.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &ProximalFixed::eta, kStepSizes, "step size"),
        param("iterations", &ProximalFixed::iterations, Range{1, 100}, "guesses of the place")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    V z = w;
    for (int i = 0; i < iterations; ++i) z = F.project(w - eta * F.at(z));
    return z;
  }
};

}  // namespace gyre
