#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Hedge with players in turn.
template <class T = double>
struct AltMwu {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "alt-mwu",
        .name = "Alternating multiplicative weights",
        .does = "Multiplicative weights in turn: each player sees the new mix of those before it.",
        .paper = {"Bailey, Piliouras", 2018, "Multiplicative Weights Update in Zero-Sum Games", ""},
        .equations = {"each p: w = on(p, share(w*exp(0 - eta*F[p](w))), w)"},
        .calls = 1,
        .needs = {.simplices = true},
        .no_bilinear = "plays mixed strategies, and x*y has none",
        .fails = "Circles: neither drawn to a mixed equilibrium nor driven away.",
        .maturity = Maturity::kChecked};
  }

  static auto params() { return std::tuple{param("eta", &AltMwu::eta, kStepSizes, "step size")}; }

  template <ElementwisePoint V>
  V step(V w, Field<V>& F) const {
    for (std::size_t p = 0; p < F.players(); ++p)
      w = on(p, reweighed(w, eta * F.at(w, static_cast<int>(p)), F), w);
    return w;
  }
};

}  // namespace gyre
