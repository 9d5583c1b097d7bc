#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The point is the empirical mix, the start counting as one play.
template <class T = double>
struct FictitiousPlay {
  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "fictitious-play",
            .name = "Fictitious play",
            .does =
                "Every player answers best to the mix that the others have played so far; the "
                "point is that mix.",
            .paper = {"Brown", 1951, "Iterative solution of games by fictitious play", ""},
            .equations = {"w = w + (corner(F(w)) - w)/(n + 1)", "n = n + 1"},
            .memory = {{"n", "1"}},
            .calls = 1,
            .needs = {.simplices = true},
            .no_bilinear = "plays mixed strategies, and x*y has none",
            .keeps_points = false,
            .fails = "Converges in zero-sum games, slowly; cycles in some others.",
            .maturity = Maturity::kChecked};
  }

  static auto params() { return std::tuple{}; }

  template <class V>
  struct Memory {
    V n;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {fill(w, T(1.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V one = fill(w, T(1.0));
    const V next = w + div(F.corner(F.at(w)) - w, m.n + one);
    m.n = m.n + one;
    return next;
  }
};

}  // namespace gyre
