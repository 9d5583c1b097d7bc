#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Anchored extragradient that looks ahead along the field of its last look ahead.
template <class T = double>
struct PopovA {
  T eta = T(0.1);
  T q = T(0.28867513459481287);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "popov-a",
            .name = "Anchored Popov",
            .does =
                "Anchored extragradient that looks ahead along the field it read at its last look "
                "ahead: the field shrinks like 1/k for one field call a step.",
            .paper = {"Tran-Dinh, Luo", 2021,
                      "Halpern-Type Accelerated and Splitting Algorithms For Monotone Inclusions",
                      "arXiv:2110.08150"},
            .equations = {"b = 1/(k + 2)", "pulled = w + b*(anchor - w)",
                          "ahead = P(pulled - (1 - b)*eta*s*last)", "last = F(ahead)",
                          "w = pulled - eta*s*last", "r = 4*q*q*s*s",
                          "s = s*(1 - b*b - r)/((k + 3)*(1 - r)*(1 - b)*b)", "k = k + 1",
                          "anchor = anchor"},
            .memory = {{"anchor", "w"}, {"k", "0"}, {"last", "F(w)"}, {"s", "1"}},
            .calls = 1,
            .no_bilinear = "its steps change with time",
            .keeps_field = true,
            .fails =
                "Its steps are less than a third of 1/L, so two calls of fast extragradient may "
                "be the better bargain.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &PopovA::eta, kStepSizes, "first step size"),
                      param("q", &PopovA::q, Range{0.0, 0.4},
                            "first step size times the Lipschitz constant of the field")};
  }

  template <class V>
  struct Memory {
    V anchor, k, last, s;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>& F) const {
    return {w, fill(w, T(0.0)), F.at(w), fill(w, T(1.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V one = fill(w, T(1.0)), two = fill(w, T(2.0)), size = eta * m.s;
    const V b = div(one, m.k + two), rest = one - b;
    const V pulled = w + mul(b, m.anchor - w);
    m.last = F.at(F.project(pulled - mul(mul(rest, size), m.last)));
    const V next = pulled - mul(size, m.last);
    const V r = (T(4.0) * q * q) * mul(m.s, m.s);
    const V over = mul(mul(m.k + one + two, one - r), mul(rest, b));
    m.s = div(mul(m.s, one - mul(b, b) - r), over);
    m.k = m.k + one;
    return next;
  }
};

}  // namespace gyre
