#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Steps that shrink with time: against noise there is no other way to come to rest.
template <class T = double>
struct Decay {
  T power = T(0.5);
  T after = T(100.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "decay",
            .name = "Shrinking steps",
            .does =
                "Divides the gradient by (1 + k/after)^power, where k counts the looks before this "
                "one: steps that shrink with time, slowly at first.",
            .paper = {"Robbins, Monro", 1951, "A Stochastic Approximation Method",
                      "10.1214/aoms/1177729586"},
            .equations = {"size = exp(-1*power*log(1 + k/after))", "k = k + 1", "d = size*v"},
            .memory = {{"k", "0"}},
            .no_bilinear = "its steps shrink with time",
            .keeps_field = true,
            .fails =
                "Above one half noise dies out, above one steps may end before the run arrives. On "
                "a rotation it does not help extragradient, whose pull shrinks as the noise does: "
                "see bc-seg-plus. A scheme that looks twice a step ages twice as fast."};
  }

  static auto params() {
    return std::tuple{
        param("power", &Decay::power, Range{0.0, 4.0}, "how fast steps shrink"),
        param("after", &Decay::after, Range{1.0, 1e9, true}, "looks before they begin to")};
  }

  template <class V>
  struct Memory {
    V k;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& m) const {
    const V one = fill(w, T(1.0));
    const V age = one + div(m.k, fill(w, after));
    m.k = m.k + one;
    return mul(exp((T(-1.0) * power) * log(age)), F.at(w, player));
  }
};

}  // namespace gyre
