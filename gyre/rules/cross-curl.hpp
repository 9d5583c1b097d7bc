#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Across the rotation instead of along it.
template <class T = double>
struct CrossCurl {
  T gamma = T(1.0);
  T mix = T(0.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "cross-curl",
        .name = "Crossing the curl",
        .does = "Moves along (J' - J)v, across the rotation, plus a share of the field itself.",
        .paper = {"Gemp, Mahadevan", 2018,
                  "Global Convergence to the Equilibrium of GANs using Variational Inequalities",
                  "arXiv:1808.01531"},
        .equations = {"d = mix*F(w) + gamma*(Jt(w)*F(w) - J(w)*F(w))"},
        .calls = 1,
        .products = 2,
        .bilinear = "sqrt((1 - 2*eta*gamma)^2 + (eta*mix)^2)",
        .halts = {{"cross-curl", "x: x^2/2; y: y^2/2", {1, 1}}},
        .fails =
            "Alone it stands still on potential games, where nothing rotates; mix in some of the "
            "field.",
        .maturity = Maturity::kDraft};
  }

  static auto params() {
    return std::tuple{param("gamma", &CrossCurl::gamma, Range{0.0, 1e6}, "weight of the crossing"),
                      param("mix", &CrossCurl::mix, Range{0.0, 1e6}, "share of the plain field")};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    return mix * v + gamma * (F.vjp(w, v) - F.jvp(w, v));
  }
};

}  // namespace gyre
