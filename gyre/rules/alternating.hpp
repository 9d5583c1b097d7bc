#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Players move in turn, and each sees where those before it have gone.
template <class T = double>
struct Alternating {
  T eta = T(0.1);
  Order order;
  PerPlayer<int> times;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "alternating",
            .name = "Alternating gradient steps",
            .does =
                "The players move one after the other; each sees the new places of those who "
                "moved before it, and may move several times.",
            .paper = {"Bailey, Gidel, Piliouras", 2020,
                      "Finite Regret and Cycles with Fixed Step-Size via Alternating Gradient "
                      "Descent-Ascent",
                      "arXiv:1907.04392"},
            .equations = {"each p in order, times[p] times: w = w - eta*F[p](w)"},
            .calls = 1,
            .bilinear = "max(1, (eta^2 - 2 + eta*sqrt(max(0, eta^2 - 4)))/2)",
            .keeps_field = true,
            .fails = "Never converges on a purely rotating game: it circles on an ellipse.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Alternating::eta, kStepSizes, "step size"),
        param("order", &Alternating::order, Range{}, "who moves first, as in order=y>x"),
        param("PLAYER", &Alternating::times, Range{1, 1000}, "steps in a row, as in y=5")};
  }

  template <BlockPoint V>
  V step(V w, Field<V>& F) const {
    for (std::size_t turn = 0; turn < F.players(); ++turn) {
      const std::size_t p = order.players.empty() ? turn : order.players[turn];
      for (int i = 0; i < times.of(p, 1); ++i)
        w = on(p, F.project(w - eta * F.at(w, static_cast<int>(p))), w);
    }
    return w;
  }
};

}  // namespace gyre
