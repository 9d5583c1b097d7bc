#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// No step size at all.
template <class T = double>
struct RmPlus {
  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "rm-plus",
            .name = "Regret matching+",
            .does = "Regret matching that forgets negative regrets at once.",
            .paper = {"Tammelin", 2014, "Solving Large Imperfect Information Games Using CFR+",
                      "arXiv:1407.5042"},
            .equations = {"costs = F(w)", "now = total(w*costs) - costs",
                          "regret = max(regret + now, 0)", "w = share(regret)"},
            .memory = {{"regret", "0"}},
            .calls = 1,
            .needs = {.simplices = true},
            .no_bilinear = "plays mixed strategies, and x*y has none",
            .keeps_points = false,
            .fails = "Its last mix may cycle; its average converges.",
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
    m.regret = max(m.regret + now, fill(w, T(0.0)));
    return F.share(m.regret);
  }
};

}  // namespace gyre
