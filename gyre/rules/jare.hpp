#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Gradient-norm penalties on both sides.
template <class T = double>
struct Jare {
  T gamma = T(1.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "jare",
        .name = "Jacobian regularisation",
        .does = "Every player also descends half the squared length of the others' gradients.",
        .paper = {"Nie, Patel", 2019,
                  "Towards a Better Understanding and Regularization of GAN Training Dynamics",
                  "arXiv:1806.09235"},
        .equations = {"d = v + gamma*between(Jt(w))*F(w)"},
        .calls = 1,
        .products = 1,
        .bilinear = "sqrt((1 - eta*gamma)^2 + eta^2)",
        .halts = {{"jare", "x: -x*y; y: -x*y", {1, 1}}},
        .fails = "Like consensus optimisation it may make points attract that are no equilibria.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("gamma", &Jare::gamma, Range{0.0, 1e6}, "weight of the penalties")};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    return v + gamma * F.vjp_between(w, v);
  }
};

}  // namespace gyre
