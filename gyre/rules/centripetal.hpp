#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Optimism as a field stage, with a weight of its own: behind it stands any scheme.
template <class T = double>
struct Centripetal {
  T lambda = T(1.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "centripetal",
            .name = "Centripetal acceleration",
            .does =
                "Adds lambda times the change of a player's gradient since it last moved, which on "
                "a rotating path points inwards.",
            .paper = {"Peng, Dai, Zhang, Cheng", 2020,
                      "Training GANs with centripetal acceleration", "arXiv:1902.08949"},
            .equations = {"d = v + lambda*seen*(v - last)", "last = v", "seen = 0*seen + 1"},
            .memory = {{"last", "0"}, {"seen", "0"}},
            .no_bilinear =
                "the largest root of z^2 - (1 + i*eta*(1 + lambda))*z + i*eta*lambda, which has no "
                "short form",
            .keeps_field = true,
            .fails = "With simultaneous steps it needs lambda > 1/2 on rotating games.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("lambda", &Centripetal::lambda, Range{0.0, 1000.0},
                            "weight of the change; 1 is optimism")};
  }

  template <class V>
  struct Memory {
    V last, seen;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {fill(w, T(0.0)), fill(w, T(0.0))};
  }

  /// Before the first step there is no change to add.
  template <ElementwisePoint V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& m) const {
    const V v = F.at(w, player);
    const V d = v + lambda * mul(m.seen, v - m.last);
    m = {v, fill(w, T(1.0))};
    return d;
  }
};

}  // namespace gyre
