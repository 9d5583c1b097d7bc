#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Sees a few samples of the game at each look instead of the mean over all.
template <class T = double>
struct Minibatch {
  int size = 1;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "minibatch",
            .name = "Minibatches",
            .does =
                "Of a game whose losses are means over samples, each look at the field sees only "
                "some of them, drawn with replacement, and costs as much less.",
            .paper = {"Robbins, Monro", 1951, "A Stochastic Approximation Method",
                      "10.1214/aoms/1177729586"},
            .equations = {"d = B(w, 1, size)"},
            .needs = {.samples = true},
            .offers_products = true,
            .no_bilinear = "is for games that are means over samples",
            .keeps_points = false,
            .keeps_walls = false,
            .draws = true,
            .fails =
                "With steps of a fixed size no rule comes to rest where samples disagree; "
                "extragradient with independent minibatches may even drift off."};
  }

  static auto params() {
    return std::tuple{param("size", &Minibatch::size, Range{1, 1000}, "samples a look")};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int player) const {
    const Held<V> one(F, sample_of(F));
    const Batch<V> few(F, size);
    return F.at(w, player);
  }
  template <PointLike V>
  V jvp(const V& w, const V& u, Field<V>& F) const {
    const Held<V> one(F, sample_of(F));
    const Batch<V> few(F, size);
    return F.jvp(w, u);
  }
  template <PointLike V>
  V vjp(const V& w, const V& u, Field<V>& F) const {
    const Held<V> one(F, sample_of(F));
    const Batch<V> few(F, size);
    return F.vjp(w, u);
  }
};

}  // namespace gyre
