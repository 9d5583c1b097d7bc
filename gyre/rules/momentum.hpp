#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Heavy ball: part of the last move is kept, or with a negative share taken back.
template <class T = double>
struct Momentum {
  T beta = T(-0.5);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "momentum",
            .name = "Heavy-ball momentum",
            .does =
                "Adds a share beta of the last direction to the gradient; a negative share "
                "damps rotation when players alternate.",
            .paper = {"Gidel, Hemmat, Pezeshki, Le Priol, Huang, Lacoste-Julien, Mitliagkas", 2019,
                      "Negative Momentum for Improved Game Dynamics", "arXiv:1807.04740"},
            .equations = {"m = beta*m + v", "d = m"},
            .memory = {{"m", "0"}},
            .no_bilinear =
                "the largest root of z^2 - (1 + beta + i*eta)*z + beta, which has no short form",
            .keeps_field = true,
            .fails =
                "Positive beta makes every rotation worse; with simultaneous steps no beta "
                "converges on x*y."};
  }

  static auto params() {
    return std::tuple{param("beta", &Momentum::beta, Range{-0.999999999, 0.999999999},
                            "share of the last direction, of either sign")};
  }

  template <class V>
  struct Memory {
    V m;
  };

  template <PointLike V>
  Memory<V> start(const V& w) const {
    return {w - w};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& memory) const {
    memory.m = beta * memory.m + F.at(w, player);
    return memory.m;
  }
};

}  // namespace gyre
