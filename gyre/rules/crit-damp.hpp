#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// A step of size eta follows the flow of -(v + eta/2 J v) to second order; the part of J between
/// players is what makes it spiral out.
template <class T = double>
struct CritDamp {
  T eta = T(0.1);
  T cancel = T(1.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "crit-damp",
            .name = "Drift cancelling",
            .does =
                "A plain step less the drift that its finite size adds through the interaction of "
                "the players, as backward error analysis finds it.",
            .paper = {"Rosca, Wu, Dherin, Barrett", 2021,
                      "Discretization Drift in Two-Player Games", "arXiv:2105.13922"},
            .equations = {"u = F(w)", "w = w - eta*(u - (cancel*eta/2)*(between(J(w))*u))"},
            .calls = 1,
            .products = 1,
            .bilinear = "sqrt((1 - cancel*eta^2/2)^2 + eta^2)",
            .keeps_field = true,
            .halts = {{"crit-damp", "x: 20*x*y + x; y: 20*x*y + y", {0, 0}}},
            .fails =
                "Cancels the drift to second order only: on x*y it still spirals out, slowly, "
                "unless cancel exceeds 1.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &CritDamp::eta, kStepSizes, "step size"),
        param("cancel", &CritDamp::cancel, Range{0.0, 1e6}, "share of the drift to cancel")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V v = F.at(w);
    return w - eta * (v - (cancel * eta * T(0.5)) * F.jvp_between(w, v));
  }
};

}  // namespace gyre
