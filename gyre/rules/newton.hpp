#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Solves F(w) = 0 and asks nothing about players.
template <class T = double>
struct Newton {
  T lambda = T(1e-9);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "newton",
        .name = "Newton on the field",
        .does =
            "Goes where the field, taken as linear, is zero; Levenberg and Marquardt's lambda "
            "keeps it defined.",
        .paper = {"Levenberg", 1944,
                  "A method for the solution of certain non-linear problems in least squares", ""},
        .equations = {"d = solve(Jt(w)*J(w) + lambda*I, Jt(w)*F(w))"},
        .calls = 1,
        .products = 1,
        .solves = 1,
        .bilinear = "abs(1 - eta/(1 + lambda))",
        .halts = {{"newton", "x: x^3/3 + x; y: y^2/2", {0, 0}}},
        .fails = "Finds any critical point, equilibrium or not.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("lambda", &Newton::lambda, Range{0.0, 1e6}, "damping")};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    return F.solve([&](const V& u) { return F.vjp(w, F.jvp(w, u)) + lambda * u; }, F.vjp(w, v));
  }
};

}  // namespace gyre
