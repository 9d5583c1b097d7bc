#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient that keeps its sum of gradients outside the domain.
template <class T = double>
struct DualExtrapolation {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "dual-extrapolation",
            .name = "Dual extrapolation",
            .does =
                "Adds up the fields seen one step ahead and projects the sum anew each time; with "
                "no walls it is extragradient.",
            .paper = {"Nesterov", 2007,
                      "Dual extrapolation and its applications to solving variational inequalities "
                      "and related problems",
                      "10.1007/s10107-006-0034-z"},
            .equations = {"ahead = P(w - eta*F(w))", "dual = dual - eta*F(ahead)", "w = dual"},
            .memory = {{"dual", "w"}},
            .calls = 2,
            .bilinear = kExtragradientOnXy,
            .keeps_field = true,
            .fails =
                "At a wall the sum goes on growing, and when the player would come back it must "
                "first be paid off.",
            .maturity = Maturity::kDraft};
  }

  static auto params() {
    return std::tuple{param("eta", &DualExtrapolation::eta, kStepSizes, "step size of both moves")};
  }

  template <class V>
  struct Memory {
    V dual;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V ahead = F.project(w - eta * F.at(w));
    m.dual = m.dual - eta * F.at(ahead);
    return m.dual;
  }
};

}  // namespace gyre
