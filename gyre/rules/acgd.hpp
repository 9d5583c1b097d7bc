#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Every coordinate has a step size of its own, from a running mean of its squared gradient.
template <class T = double>
struct Acgd {
  T eta = T(0.001), beta2 = T(0.99), eps = T(1e-5);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "acgd",
            .name = "Adaptive competitive gradient descent",
            .does =
                "Competitive gradient descent whose step size in every coordinate is divided by "
                "the root of a running mean of squared gradients.",
            .paper = {"Schafer, Zheng, Anandkumar", 2020,
                      "Implicit Competitive Regularization in GANs", "arXiv:1910.05852"},
            .equations = {"u = F(w)", "s = beta2*s + (1 - beta2)*u*u", "p2 = beta2*p2",
                          "steps = eta*sqrt(1 - p2)/(sqrt(s) + eps)",
                          "w = w - solve(I + diag(steps)*between(J(w)), steps*u)"},
            .memory = {{"s", "0"}, {"p2", "1"}},
            .calls = 1,
            .solves = 1,
            .no_bilinear =
                "divides by the size of the gradient, so the update map has no slope at the "
                "solution",
            .fails =
                "One linear system a step; ignores each player's own curvature, and like Adam "
                "ends in a small cycle where steps do not shrink.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("eta", &Acgd::eta, kStepSizes, "step size"),
                      param("beta2", &Acgd::beta2, kDecays, "decay of the running mean of squares"),
                      param("eps", &Acgd::eps, Range{0.0, 1.0, true}, "added to the divisor")};
  }

  template <class V>
  struct Memory {
    V s, p2;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {fill(w, T(0.0)), fill(w, T(1.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V v = F.at(w);
    m.s = beta2 * m.s + (T(1.0) - beta2) * mul(v, v);
    m.p2 = beta2 * m.p2;
    const V steps = div(eta * sqrt(fill(w, T(1.0)) - m.p2), sqrt(m.s) + fill(w, eps));
    return w -
           F.solve([&](const V& u) { return u + mul(steps, F.jvp_between(w, u)); }, mul(steps, v));
  }
};

}  // namespace gyre
