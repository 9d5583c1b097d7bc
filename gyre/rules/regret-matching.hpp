#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// No step size at all.
template <class T = double>
struct RegretMatching {
  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "regret-matching",
        .name = "Regret matching",
        .does = "Plays every strategy in proportion to how much better it would have done so far.",
        .paper = {"Hart, Mas-Colell", 2000,
                  "A Simple Adaptive Procedure Leading to Correlated Equilibrium", ""},
        .equations = {"costs = F(w)", "now = total(w*costs) - costs", "regret = regret + now",
                      "w = share(max(regret, 0))"},
        .memory = {{"regret", "0"}},
        .calls = 1,
        .needs = {.simplices = true},
        .no_bilinear = "plays mixed strategies, and x*y has none",
        .keeps_points = false,
        .fails = "Only its average converges.",
        .maturity = Maturity::kChecked};
  }

  static auto params() { return std::tuple{}; }

  template <class V>
  struct Memory {
    V regret;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V costs = F.at(w), now = F.total(mul(w, costs)) - costs;
    m.regret = m.regret + now;
    return F.share(max(m.regret, fill(w, T(0.0))));
  }
};

}  // namespace gyre
