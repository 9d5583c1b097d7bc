#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient that looks farther than it goes.
template <class T = double>
struct EgPlus {
  T eta = T(0.1);
  T beta = T(0.5);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "eg-plus",
            .name = "EG+",
            .does = "Extragradient whose move is only beta times as long as its look ahead.",
            .paper = {"Diakonikolas, Daskalakis, Jordan", 2021,
                      "Efficient Methods for Structured Nonconvex-Nonconcave Min-Max Optimization",
                      "arXiv:2011.00364"},
            .equations = {"ahead = P(w - (eta/beta)*F(w))", "w = w - eta*F(ahead)"},
            .calls = 2,
            .bilinear = "sqrt((1 - eta^2/beta)^2 + eta^2)",
            .keeps_field = true,
            .fails = "Slower than extragradient on monotone games, as it goes half as far.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &EgPlus::eta, kStepSizes, "step of the move"),
        param("beta", &EgPlus::beta, Range{0.01, 1.0}, "the move as a share of the look ahead")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V ahead = F.project(w - (eta / beta) * F.at(w));
    return w - eta * F.at(ahead);
  }
};

}  // namespace gyre
