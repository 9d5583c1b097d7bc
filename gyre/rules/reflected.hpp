#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Reads the field where the last move, made once more, would lead.
template <class T = double>
struct Reflected {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "reflected",
        .name = "Projected reflected gradient",
        .does =
            "Steps along the field at its last point's mirror image in the current one; on "
            "linear fields it is optimism.",
        .paper = {"Malitsky", 2015,
                  "Projected Reflected Gradient Methods for Monotone Variational Inequalities",
                  "arXiv:1502.04968"},
        .equations = {"mirror = w + (w - last)", "last = w", "w = w - eta*F(mirror)"},
        .memory = {{"last", "w"}},
        .calls = 1,
        .bilinear = kOptimismOnXy,
        .keeps_field = true,
        .looks_outside = true,
        .fails =
            "Needs eta < 1/sqrt(3) on x*y, less in general. Reads the field outside the domain.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &Reflected::eta, kStepSizes, "step size")};
  }

  template <class V>
  struct Memory {
    V last;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V mirror = w + (w - m.last);
    m.last = w;
    return w - eta * F.at(mirror);
  }
};

}  // namespace gyre
