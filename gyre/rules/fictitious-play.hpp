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
            .equations = {"plays = plays + corner(F(w))", "w = share(plays)"},
            .memory = {{"plays", "w"}},
            .calls = 1,
            .needs = {.simplices = true},
            .no_bilinear = "plays mixed strategies, and x*y has none",
            .keeps_points = false,
            .fails =
                "Converges in zero-sum games, slowly; cycles in some others. Where strategies tie, "
                "roundings may decide.",
            .maturity = Maturity::kChecked};
  }

  static auto params() { return std::tuple{}; }

  template <class V>
  struct Memory {
    V plays;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    m.plays = m.plays + F.corner(F.at(w));
    return F.share(m.plays);
  }
};

}  // namespace gyre
