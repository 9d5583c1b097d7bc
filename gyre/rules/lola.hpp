#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Shapes the opponent: the gradient goes through the step that the opponent is expected to make.
template <class T = double>
struct Lola {
  T alpha = T(0.1);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "lola",
        .name = "Learning with opponent-learning awareness",
        .does =
            "Besides looking ahead, each player takes into account how its own move bends the step "
            "that the other will make.",
        .paper = {"Foerster, Chen, Al-Shedivat, Whiteson, Abbeel, Mordatch", 2018,
                  "Learning with Opponent-Learning Awareness", "arXiv:1709.04326"},
        .equations = {"chi = part(1, Jt(w)*part(2, G[1](w))) + part(2, Jt(w)*part(1, G[2](w)))",
                      "d = v - alpha*between(J(w))*F(w) - alpha*chi"},
        .calls = 1,
        .products = 2,
        .needs = {.losses = true, .two_players = true},
        .bilinear = "sqrt((1 - 2*eta*alpha)^2 + eta^2)",
        .keeps_points = false,
        .halts = {{"lola", "x: 10*x*y + x; y: 10*x*y + y", {0, 0}}},
        .fails =
            "Does not keep fixed points: on the tandem game both players overshoot and pay for it.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("alpha", &Lola::alpha, Range{0.0, 1e6}, "step that the other is expected to make")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const V one = F.loss_gradient(w, 0), two = F.loss_gradient(w, 1);
    const V v = on(0, one, two), chi = F.vjp_between(w, on(1, one, two));
    return v - alpha * F.jvp_between(w, v) - alpha * chi;
  }
};

}  // namespace gyre
