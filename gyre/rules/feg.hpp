#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Anchored extragradient with long steps, also for fields that are a little less than monotone.
template <class T = double>
struct Feg {
  T eta = T(0.1);
  T rho = T(0.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "feg",
            .name = "Fast extragradient",
            .does =
                "Extragradient drawn back to where the run began, with steps up to 1/L; the field "
                "shrinks like 1/k, and on x*y nothing could shrink it faster in the worst case.",
            .paper = {"Lee, Kim", 2021,
                      "Fast Extra Gradient Methods for Smooth Structured Nonconvex-Nonconcave "
                      "Minimax Problems",
                      "arXiv:2106.02326"},
            .equations = {"b = 1/(k + 1)", "pulled = w + b*(anchor - w)", "now = F(w)",
                          "ahead = P(pulled - (1 - b)*(eta + 2*rho)*now)",
                          "w = pulled - eta*F(ahead) - (1 - b)*2*rho*now", "k = k + 1",
                          "anchor = anchor"},
            .memory = {{"anchor", "w"}, {"k", "0"}},
            .calls = 2,
            .no_bilinear = "its steps change with time",
            .keeps_field = true,
            .fails =
                "Never faster than 1/k in general, and its bound needs eta = 1/L and a rho that "
                "the field really has.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Feg::eta, kStepSizes, "step size: 1/L"),
        param("rho", &Feg::rho, Range{-1e6, 1e6}, "comonotonicity of the field, 0 if monotone")};
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
    const V one = fill(w, T(1.0)), b = div(one, m.k + one);
    const V pulled = w + mul(b, m.anchor - w), now = mul(one - b, F.at(w));
    const V ahead = F.project(pulled - (eta + T(2.0) * rho) * now);
    m.k = m.k + one;
    return pulled - eta * F.at(ahead) - (T(2.0) * rho) * now;
  }
};

}  // namespace gyre
