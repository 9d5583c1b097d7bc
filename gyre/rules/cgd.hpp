#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The Nash point of the local bilinear game.
template <class T = double>
struct Cgd {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "cgd",
        .name = "Competitive gradient descent",
        .does =
            "Both players solve the bilinear game that they see around them, with a cost on moving "
            "far, and step to its Nash point.",
        .paper = {"Schafer, Anandkumar", 2019, "Competitive Gradient Descent", "arXiv:1905.12103"},
        .equations = {"w = w - eta*solve(I + eta*between(J(w)), F(w))"},
        .calls = 1,
        .solves = 1,
        .bilinear = "1/sqrt(1 + eta^2)",
        .keeps_field = true,
        .fails =
            "Ignores each player's own curvature, so the step must still suit that; one linear "
            "system a step.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() { return std::tuple{param("eta", &Cgd::eta, kStepSizes, "step size")}; }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V v = F.at(w);
    return w - eta * F.solve([&](const V& u) { return u + eta * F.jvp_between(w, u); }, v);
  }
};

}  // namespace gyre
