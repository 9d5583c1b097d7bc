#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Optimistic dual averaging: from where the run began, along all gradients so far and the last
/// once more; each player divides by how much its own gradients have changed.
template <class T = double>
struct OptDa {
  T eta = T(1.0);
  T tau = T(1.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "optda",
        .name = "Adaptive optimistic dual averaging",
        .does =
            "Goes from where the run began along the sum of all gradients, the last one counted "
            "twice; each player shortens its steps by how much its gradients changed.",
        .paper = {"Hsieh, Antonakopoulos, Mertikopoulos", 2021,
                  "Adaptive Learning in Continuous Games: Optimal Regret Bounds and Convergence to "
                  "Nash Equilibrium",
                  "arXiv:2104.12761"},
        .equations = {"now = F(w)", "change = now - last",
                      "each p: seen = on(p, seen + dot(part(p, change), part(p, change)), seen)",
                      "sum = sum + now", "last = now", "size = eta/sqrt(tau + seen)",
                      "base = P(anchor - size*sum)", "w = base - size*last", "anchor = anchor"},
        .memory = {{"anchor", "w"}, {"sum", "0"}, {"last", "0"}, {"seen", "0"}},
        .calls = 1,
        .no_bilinear =
            "its step depends on what it has seen; the factor is that of optimism with the step "
            "it has come to",
        .fails =
            "Steps only ever shrink, and the factor is that of optimism with the step it has come "
            "to."};
  }

  static auto params() {
    return std::tuple{
        param("eta", &OptDa::eta, kStepSizes, "factor on all steps, in the paper 1"),
        param("tau", &OptDa::tau, Range{1e-9, 1e6, true}, "change that counts as seen at first")};
  }

  template <class V>
  struct Memory {
    V anchor, sum, last, seen;
  };

  template <ElementwisePoint V>
  requires BlockPoint<V> && InnerProductPoint<V> Memory<V> start(const V& w, Field<V>&)
  const {
    const V zero = fill(w, T(0.0));
    return {w, zero, zero, zero};
  }

  template <ElementwisePoint V>
  requires BlockPoint<V> && InnerProductPoint<V> V step(const V& w, Field<V>& F, Memory<V>& m)
  const {
    const V now = F.at(w), change = now - m.last;
    for (std::size_t p = 0; p < F.players(); ++p) {
      const V own = part(p, change);
      m.seen = on(p, m.seen + fill(w, dot(own, own)), m.seen);
    }
    m.sum = m.sum + now;
    m.last = now;
    const V size = div(fill(w, eta), sqrt(fill(w, tau) + m.seen));
    return F.project(m.anchor - mul(size, m.sum)) - mul(size, now);
  }
};

}  // namespace gyre
