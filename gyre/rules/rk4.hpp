#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The classical Runge-Kutta method on the flow of the whole field.
template <class T = double>
struct Rk4 {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "rk4",
        .name = "Classical Runge-Kutta method",
        .does =
            "Follows the flow of the field to fourth order: what the game does by itself, "
            "without a discretisation's pull.",
        .paper = {"Kutta", 1901,
                  "Beitrag zur naeherungsweisen Integration totaler Differentialgleichungen", ""},
        .equations = {"a = F(w)", "b = F(P(w - (eta/2)*a))", "c = F(P(w - (eta/2)*b))",
                      "d = F(P(w - eta*c))", "w = w - (eta/6)*(a + 2*b + 2*c + d)"},
        .calls = 4,
        .bilinear = "sqrt(max(0, 1 - eta^6/72 + eta^8/576))",
        .keeps_field = true,
        .fails =
            "Follows the flow, so it circles where the flow does: on x*y it contracts by a "
            "sixth power of eta only, and needs eta < 2*sqrt(2).",
        .maturity = Maturity::kReproduced};
  }

  static auto params() { return std::tuple{param("eta", &Rk4::eta, kStepSizes, "step in time")}; }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const T half = eta / T(2.0);
    const V a = F.at(w);
    const V b = F.at(F.project(w - half * a));
    const V c = F.at(F.project(w - half * b));
    const V d = F.at(F.project(w - eta * c));
    return w - (eta / T(6.0)) * (a + T(2.0) * b + T(2.0) * c + d);
  }
};

}  // namespace gyre
