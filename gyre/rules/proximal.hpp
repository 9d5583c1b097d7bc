#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The implicit step: exact after one Newton step where the field is linear.
template <class T = double>
struct Proximal {
  T eta = T(0.1);
  int newton = 4;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "proximal",
        .name = "Proximal point",
        .does =
            "Steps along the field of the place where it lands, which it finds by Newton steps.",
        .paper = {"Rockafellar", 1976, "Monotone Operators and the Proximal Point Algorithm", ""},
        .equations = {"z = w", "newton times: z = P(z - solve(I + eta*J(z), z - w + eta*F(z)))",
                      "w = z"},
        .calls = 4,
        .solves = 4,
        .bilinear = "1/sqrt(1 + eta^2)",
        .keeps_field = true,
        .fails = "A linear system for each Newton step; can still cycle on nonconvex games.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Proximal::eta, kStepSizes, "step size"),
        param("newton", &Proximal::newton, Range{1, 100}, "Newton steps for the place to land")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    return resolvent(w, w, eta, newton, F);
  }
};

}  // namespace gyre
