#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// All players step down their own gradients at once: gradient descent/ascent.
template <class T = double>
struct Simultaneous {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "simultaneous",
        .name = "Simultaneous gradient steps",
        .does = "Every player takes a plain gradient step from the same point, at the same time.",
        .paper = {"Arrow, Hurwicz, Uzawa", 1958, "Studies in Linear and Non-Linear Programming",
                  ""},
        .equations = {"w = w - eta*F(w)"},
        .calls = 1,
        .bilinear = "sqrt(1 + eta^2)",
        .keeps_field = true,
        .fails = "Spirals outwards on every purely rotating game, whatever the step size.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &Simultaneous::eta, kStepSizes, "step size")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    return w - eta * F.at(w);
  }
};

}  // namespace gyre
