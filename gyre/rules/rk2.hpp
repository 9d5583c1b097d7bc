#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Heun's method on the flow of the whole field.
template <class T = double>
struct Rk2 {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "rk2",
            .name = "Heun's method",
            .does =
                "Follows the flow of the field to second order: the mean of the field at both "
                "ends of a step.",
            .paper = {"Heun", 1900,
                      "Neue Methoden zur approximativen Integration der Differentialgleichungen "
                      "einer unabhaengigen Veraenderlichen",
                      ""},
            .equations = {"v = F(w)", "w = w - (eta/2)*(v + F(P(w - eta*v)))"},
            .calls = 2,
            .bilinear = "sqrt(1 + eta^4/4)",
            .keeps_field = true,
            .fails = "Spirals outwards on every purely rotating game, if slowly.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() { return std::tuple{param("eta", &Rk2::eta, kStepSizes, "step in time")}; }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V v = F.at(w);
    return w - (eta / T(2.0)) * (v + F.at(F.project(w - eta * v)));
  }
};

}  // namespace gyre
