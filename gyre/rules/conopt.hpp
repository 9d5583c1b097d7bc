#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Consensus optimisation: besides its own loss, every player descends half the squared length of
/// the whole field.
template <class T = double>
struct ConOpt {
  T gamma = T(1.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "conopt",
        .name = "Consensus optimisation",
        .does =
            "Adds gamma times the gradient of half the squared field length, which pulls "
            "towards points where nobody wants to move.",
        .paper = {"Mescheder, Nowozin, Geiger", 2017, "The Numerics of GANs", "arXiv:1705.10461"},
        .equations = {"d = v + gamma*Jt(w)*F(w)"},
        .calls = 1,
        .products = 1,
        .bilinear = "sqrt((1 - eta*gamma)^2 + eta^2)",
        .halts = {{"conopt", "x: -x^3/6; y: y^2/2", {1, 0}}},
        .fails = "With a large gamma it is drawn to every critical point, maxima included.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("gamma", &ConOpt::gamma, Range{0.0, 1e6, true}, "weight of the consensus term")};
  }

  /// Even one player's direction needs everybody's gradient.
  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    return v + gamma * F.vjp(w, v);
  }
};

}  // namespace gyre
