#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// With the entropy as its mirror map.
template <class T = double>
struct MirrorProx {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "mirror-prox",
        .name = "Mirror-prox",
        .does =
            "Extragradient in the geometry of the simplex: both moves by multiplicative weights.",
        .paper = {"Nemirovski", 2004,
                  "Prox-Method with Rate of Convergence O(1/t) for Variational Inequalities", ""},
        .equations = {"ahead = share(w*exp(0 - eta*F(w)))", "w = share(w*exp(0 - eta*F(ahead)))"},
        .calls = 2,
        .needs = {.simplices = true},
        .no_bilinear = "plays mixed strategies, and x*y has none",
        .fails = "Two field calls a step.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("eta", &MirrorProx::eta, kStepSizes, "step size")};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F) const {
    const V ahead = reweighed(w, eta * F.at(w), F);
    return reweighed(w, eta * F.at(ahead), F);
  }
};

}  // namespace gyre
