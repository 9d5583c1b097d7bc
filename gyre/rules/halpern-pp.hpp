#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Halpern's iteration on the proximal map: the field shrinks like 1/k.
template <class T = double>
struct HalpernPp {
  T eta = T(0.1);
  int newton = 4;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "halpern-pp",
        .name = "Anchored proximal point",
        .does =
            "Proximal steps, each drawn back a little towards where the run began, less and less "
            "as it goes on.",
        .paper = {"Kim", 2021, "Accelerated proximal point method for maximally monotone operators",
                  "arXiv:1905.05149"},
        .equations = {"z = w", "newton times: z = P(z - solve(I + eta*J(z), z - w + eta*F(z)))",
                      "w = (1/(k + 2))*anchor + ((k + 1)/(k + 2))*z", "k = k + 1",
                      "anchor = anchor"},
        .memory = {{"anchor", "w"}, {"k", "0"}},
        .calls = 4,
        .solves = 4,
        .no_bilinear = "its steps change with time",
        .fails = "Slow once the anchor is the farther from the solution than the current point.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &HalpernPp::eta, kStepSizes, "step size"),
        param("newton", &HalpernPp::newton, Range{1, 100}, "Newton steps for the place to land")};
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
    const V one = fill(w, T(1.0)), z = resolvent(w, w, eta, newton, F);
    const V later = m.k + one + one;
    const V next = mul(div(one, later), m.anchor) + mul(div(m.k + one, later), z);
    m.k = m.k + one;
    return next;
  }
};

}  // namespace gyre
