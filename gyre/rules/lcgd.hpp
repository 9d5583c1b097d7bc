#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Competitive gradient descent to first order in the interaction.
template <class T = double>
struct Lcgd {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "lcgd",
        .name = "Linearised competitive gradient descent",
        .does =
            "The first term of the series of competitive gradient descent: one product instead of "
            "a linear system.",
        .paper = {"Schafer, Anandkumar", 2019, "Competitive Gradient Descent", "arXiv:1905.12103"},
        .equations = {"u = F(w)", "w = w - eta*(u - eta*between(J(w))*u)"},
        .calls = 1,
        .products = 1,
        .bilinear = "sqrt(1 - eta^2 + eta^4)",
        .keeps_field = true,
        .halts = {{"lcgd", "x: 10*x*y + x; y: 10*x*y + y", {0, 0}}},
        .fails = "Diverges once the step times the coupling exceeds 1.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() { return std::tuple{param("eta", &Lcgd::eta, kStepSizes, "step size")}; }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V v = F.at(w);
    return w - eta * (v - eta * F.jvp_between(w, v));
  }
};

}  // namespace gyre
