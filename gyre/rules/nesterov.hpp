#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Nesterov's momentum. The point that moves is the one looked ahead to, as is usual in optimisers:
/// with z = w + beta (w - w-) the published step w+ = z - eta v(z) is this one, seen from z.
template <class T = double>
struct Nesterov {
  T beta = T(0.9);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "nesterov",
            .name = "Nesterov momentum",
            .does = "Momentum that reads the gradient where the last direction is about to lead.",
            .paper = {"Nesterov", 1983,
                      "A method of solving a convex programming problem with convergence rate "
                      "O(1/k^2)",
                      ""},
            .equations = {"m = beta*m + v", "d = v + beta*m"},
            .memory = {{"m", "0"}},
            .no_bilinear =
                "the largest root of z^2 - (1 + beta)*(1 + i*eta)*z + beta*(1 + i*eta), which has "
                "no short form",
            .fails =
                "With simultaneous steps it explodes on rotating games for positive beta, and "
                "no beta makes it converge on x*y."};
  }

  static auto params() {
    return std::tuple{param("beta", &Nesterov::beta, Range{-0.999999999, 0.999999999},
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
    const V v = F.at(w, player);
    memory.m = beta * memory.m + v;
    return v + beta * memory.m;
  }
};

}  // namespace gyre
