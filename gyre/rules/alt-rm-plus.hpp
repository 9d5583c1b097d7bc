#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// No step size at all; players in turn.
template <class T = double>
struct AltRmPlus {
  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "alt-rm-plus",
            .name = "Alternating regret matching+",
            .does = "Regret matching+ in turn: each player sees the new mix of those before it.",
            .paper = {"Tammelin", 2014, "Solving Large Imperfect Information Games Using CFR+",
                      "arXiv:1407.5042"},
            .equations = {"each p: costs = F[p](w); regret = on(p, max(regret + total(w*costs) - "
                          "costs, 0), regret); w = on(p, share(regret), w)"},
            .memory = {{"regret", "0"}},
            .calls = 1,
            .needs = {.simplices = true},
            .no_bilinear = "plays mixed strategies, and x*y has none",
            .keeps_points = false,
            .fails = "Its last mix closes in only slowly.",
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
  V step(V w, Field<V>& F, Memory<V>& m) const {
    for (std::size_t p = 0; p < F.players(); ++p) {
      const V costs = F.at(w, static_cast<int>(p));
      m.regret = on(p, max(m.regret + F.total(mul(w, costs)) - costs, fill(w, T(0.0))), m.regret);
      w = on(p, F.share(m.regret), w);
    }
    return w;
  }
};

}  // namespace gyre
