#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Plain simultaneous steps that shrink with time, drawn back to where the run began.
template <class T = double>
struct SimGdaA {
  T eta = T(1.0);
  T power = T(0.6);
  T gamma = T(2.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "sim-gda-a",
            .name = "Anchored simultaneous gradient steps",
            .does =
                "Plain steps that shrink like a power of time and are drawn back to where the run "
                "began: one field call a step, and still it converges on rotating games.",
            .paper = {"Ryu, Yuan, Yin", 2019,
                      "ODE Analysis of Stochastic Gradient Methods with Optimism and Anchoring for "
                      "Minimax Problems",
                      "arXiv:1905.10899"},
            .equations = {"size = (1 - power)*exp(-1*power*log(k + 1))",
                          "w = w - eta*size*F(w) + (1 - power)*gamma/(k + 1)*(anchor - w)",
                          "k = k + 1", "anchor = anchor"},
            .memory = {{"anchor", "w"}, {"k", "0"}},
            .calls = 1,
            .no_bilinear = "its steps change with time",
            .fails =
                "Slow: the squared field falls like k^(2*power - 2), and power stays above one "
                "half.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &SimGdaA::eta, kStepSizes, "factor on all steps, in the paper 1"),
        param("power", &SimGdaA::power, Range{0.5, 0.999999999}, "how fast the steps shrink"),
        param("gamma", &SimGdaA::gamma, Range{0.0, 1e6}, "strength of the anchor")};
  }

  template <class V>
  struct Memory {
    V anchor, k;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w, fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const T left = T(1.0) - power;
    const V count = m.k + fill(w, T(1.0));
    const V size = (eta * left) * exp((T(-1.0) * power) * log(count));
    const V pull = div(fill(w, left * gamma), count);
    m.k = count;
    return w - mul(size, F.at(w)) + mul(pull, m.anchor - w);
  }
};

}  // namespace gyre
