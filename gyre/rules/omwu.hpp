#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Its last mix converges where the equilibrium is unique.
template <class T = double>
struct Omwu {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "omwu",
        .name = "Optimistic multiplicative weights",
        .does =
            "Multiplicative weights against the costs it expects: twice those of now less those of "
            "before.",
        .paper = {"Daskalakis, Panageas", 2019,
                  "Last-Iterate Convergence: Zero-Sum Games and Constrained Min-Max Optimization",
                  "arXiv:1807.04252"},
        .equations = {"now = F(w)", "w = share(w*exp(0 - eta*(2*now - last)))", "last = now"},
        .memory = {{"last", "F(w)"}},
        .calls = 1,
        .needs = {.simplices = true},
        .no_bilinear = "plays mixed strategies, and x*y has none",
        .fails = "Slow where the equilibrium lies close to the boundary.",
        .maturity = Maturity::kChecked};
  }

  static auto params() { return std::tuple{param("eta", &Omwu::eta, kStepSizes, "step size")}; }

  template <class V>
  struct Memory {
    V last;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>& F) const {
    return {F.at(w)};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V now = F.at(w);
    const V next = reweighed(w, eta * (T(2.0) * now - m.last), F);
    m.last = now;
    return next;
  }
};

}  // namespace gyre
