#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Running means of the gradient and of its square, corrected for their start at zero. The powers
/// of both decays are kept as points, so that players who move at different times count for
/// themselves.
template <class T = double>
struct Adam {
  T beta1 = T(0.5), beta2 = T(0.9), eps = T(1e-8);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "adam",
        .name = "Adam",
        .does =
            "A running mean of the gradient, divided coordinate by coordinate by the root of "
            "a running mean of its squares.",
        .paper = {"Kingma, Ba", 2015, "Adam: A Method for Stochastic Optimization",
                  "arXiv:1412.6980"},
        .equations = {"m = beta1*m + (1 - beta1)*v", "s = beta2*s + (1 - beta2)*v*v",
                      "p1 = beta1*p1", "p2 = beta2*p2",
                      "d = (m/(1 - p1))/(sqrt(s/(1 - p2)) + eps)"},
        .memory = {{"m", "0"}, {"s", "0"}, {"p1", "1"}, {"p2", "1"}},
        .no_bilinear =
            "divides by the size of the gradient, so the update map has no slope at the solution",
        .fails =
            "On rotating games it spirals out (beta1 = 0.9) or ends in a cycle whose size "
            "follows the step size."};
  }

  static auto params() {
    return std::tuple{
        param("beta1", &Adam::beta1, Range{-0.999999999, 0.999999999}, "decay of the running mean"),
        param("beta2", &Adam::beta2, kDecays, "decay of the running mean of squares"),
        param("eps", &Adam::eps, Range{0.0, 1.0, true}, "added to the divisor")};
  }

  template <class V>
  struct Memory {
    V m, s, p1, p2;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {fill(w, T(0.0)), fill(w, T(0.0)), fill(w, T(1.0)), fill(w, T(1.0))};
  }

  template <ElementwisePoint V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& memory) const {
    auto& [m, s, p1, p2] = memory;
    const V v = F.at(w, player), one = fill(w, T(1.0));
    m = beta1 * m + (T(1.0) - beta1) * v;
    s = beta2 * s + (T(1.0) - beta2) * mul(v, v);
    p1 = beta1 * p1;
    p2 = beta2 * p2;
    return div(div(m, one - p1), sqrt(div(s, one - p2)) + fill(w, eps));
  }
};

}  // namespace gyre
