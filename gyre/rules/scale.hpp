#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Gives players step sizes of their own: two time scales.
template <class T = double>
struct Scale {
  PerPlayer<T> factor;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "scale",
            .name = "Two time scales",
            .does =
                "Multiplies the gradient of each named player, so that it moves faster or slower "
                "than the others.",
            .paper = {"Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter", 2017,
                      "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash "
                      "Equilibrium",
                      "arXiv:1706.08500"},
            .equations = {"d = v", "each p: d = on(p, factor[p]*v, d)"},
            .offers_products = true,
            .bilinear = "sqrt(1 + eta^2)",
            .keeps_field = true,
            .fails = "How large a ratio a game needs is not known beforehand."};
  }

  static auto params() {
    return std::tuple{param("PLAYER", &Scale::factor, Range{-1e6, 1e6},
                            "factor on this player's gradient, as in y=5")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int player) const {
    return scaled(F.at(w, player));
  }
  template <BlockPoint V>
  V jvp(const V& w, const V& u, Field<V>& F) const {
    return scaled(F.jvp(w, u));
  }
  template <BlockPoint V>
  V vjp(const V& w, const V& u, Field<V>& F) const {
    return F.vjp(w, scaled(u));
  }

 private:
  template <BlockPoint V>
  V scaled(V v) const {
    for (const auto& [p, s] : factor.given) v = on(p, s * v, v);
    return v;
  }
};

}  // namespace gyre
