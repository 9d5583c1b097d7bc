#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Two simultaneous half-steps, in each of which one player goes backwards.
template <class T = double>
struct Slingshot {
  T eta = T(0.1);
  T back = T(1.0);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "slingshot",
        .name = "Slingshot steps",
        .does =
            "Plain steps of changing sign: first one player goes down and the other back up, "
            "then the other way round.",
        .paper = {"Shugart, Altschuler", 2025,
                  "Negative Stepsizes Make Gradient-Descent-Ascent Converge", "arXiv:2505.01423"},
        .equations = {"v = F(w)", "half = P(w - eta*on(first, v, -back*v))", "u = F(half)",
                      "w = half - eta*on(first, -back*u, u)"},
        .calls = 2,
        .needs = {.two_players = true},
        .bilinear =
            "select((1 + back)*eta < 2, abs(1 - back*eta^2), abs(1 - (1 + back^2)*eta^2/2) + "
            "abs(1 - back)*eta*sqrt(max(0, (1 + back)^2*eta^2 - 4))/2)",
        .keeps_walls = false,
        .fails =
            "With back = 1 it moves only where players turn each other: a game without that "
            "needs back < 1. Going backwards takes it off walls where solutions lie.",
        .maturity = Maturity::kDraft};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Slingshot::eta, kStepSizes, "step size downwards"),
        param("back", &Slingshot::back, Range{-1000.0, 1000.0},
              "step size upwards, as a share of eta"),
        param("order", &Slingshot::order, Range{}, "who goes down first, as in order=y>x")};
  }

  template <BlockPoint V>
  V step(const V& w, Field<V>& F) const {
    const std::size_t first = two(order).first;
    const V v = F.at(w);
    const V half = F.project(w - eta * on(first, v, (T(0.0) - back) * v));
    const V u = F.at(half);
    return half - eta * on(first, (T(0.0) - back) * u, u);
  }
};

}  // namespace gyre
