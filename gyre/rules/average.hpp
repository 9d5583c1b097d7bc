#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/rule.hpp"

namespace gyre {

/// Reports the mean of all points since the start; the wrapped rule goes its own way.
template <class T = double>
struct Average {
  static constexpr StageKind kind = StageKind::kWrapper;

  static RuleFacts facts() {
    return {.id = "average",
            .name = "Uniform averaging",
            .does =
                "Reports the mean of all points since the start instead of the last one; the "
                "wrapped rule goes its own way.",
            .paper = {"Bruck", 1977,
                      "On the weak convergence of an ergodic iteration for the solution of "
                      "variational inequalities for monotone operators in Hilbert space",
                      ""},
            .equations = {"w = rule(w)", "n = n + 1", "mean = mean + (w - mean)/n", "out = mean"},
            .memory = {{"mean", "w"}, {"n", "0"}},
            .no_bilinear = "a mean over all steps has no factor a step",
            .keeps_field = true,
            .fails =
                "Of no help where the wrapped rule spirals outwards, nor outside games whose "
                "cycles lie around a solution; its error falls only like 1/steps."};
  }

  static auto params() { return std::tuple{}; }

  template <class V>
  struct Memory {
    V mean, n;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {w, fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Inner<V>& rule, Memory<V>& m) const {
    const V next = rule.step(w);
    m.n = m.n + fill(w, T(1.0));
    m.mean = m.mean + div(rule.output(next) - m.mean, m.n);
    return next;
  }

  template <class V>
  const V& output(const V&, const Memory<V>& m) const {
    return m.mean;
  }
};

}  // namespace gyre
