#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Hedge: gradient steps in the geometry of the simplex.
template <class T = double>
struct Mwu {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "mwu",
        .name = "Multiplicative weights",
        .does = "Every strategy loses weight by the exponential of what it costs.",
        .paper = {"Freund, Schapire", 1999, "Adaptive Game Playing Using Multiplicative Weights",
                  ""},
        .equations = {"w = share(w*exp(0 - eta*F(w)))"},
        .calls = 1,
        .needs = {.simplices = true},
        .no_bilinear = "plays mixed strategies, and x*y has none",
        .fails = "Spirals to the boundary where the equilibrium is mixed; its average converges.",
        .maturity = Maturity::kChecked};
  }

  static auto params() { return std::tuple{param("eta", &Mwu::eta, kStepSizes, "step size")}; }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F) const {
    return reweighed(w, eta * F.at(w), F);
  }
};

}  // namespace gyre
