#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Consensus with the sign of its alignment; a tie counts as +.
template <class T = double>
struct AlignedConopt {
  T gamma = T(1.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "aligned-conopt",
            .name = "Aligned consensus optimisation",
            .does =
                "Consensus optimisation that turns its correction round where it would pull "
                "towards points that repel.",
            .paper = {"Letcher, Balduzzi, Racaniere, Martens, Foerster, Tuyls, Graepel", 2019,
                      "Differentiable Game Mechanics", "arXiv:1905.04926"},
            .equations = {"g = Jt(w)*F(w)",
                          "d = v + gamma*select((dot(F(w), g) < 0 - 1e-12*sqrt(dot(F(w), "
                          "F(w))*dot(g, g))), -1, 1)*g"},
            .calls = 1,
            .products = 1,
            .bilinear = "sqrt((1 - eta*gamma)^2 + eta^2)",
            .fails = "The sign jumps where the field and the correction are at right angles.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("gamma", &AlignedConopt::gamma, Range{0.0, 1e6}, "weight of the consensus term")};
  }

  template <InnerProductPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w), g = F.vjp(w, v);
    // On a pure rotation they are at right angles but for roundings; the tie counts as aligned.
    const T roundings = T(1e-12) * sqrt(dot(v, v) * dot(g, g));
    const T side = select(less(dot(v, g), T(-1.0) * roundings), T(-1.0), T(1.0));
    return v + (gamma * side) * g;
  }
};

}  // namespace gyre
