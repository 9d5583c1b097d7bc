#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Descent on an approximate maximum over the other player.
template <class T = double>
struct GdaMax {
  T eta = T(0.1);
  int k = 10;
  T tolerance = T(1e-6);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "gda-max",
        .name = "Gradient descent with a max-oracle",
        .does =
            "The second player climbs until its gradient is shorter than a tolerance, at most "
            "k steps; then the first makes one step.",
        .paper = {"Jin, Netrapalli, Jordan", 2020,
                  "What is Local Optimality in Nonconvex-Nonconcave Minimax Optimization?",
                  "arXiv:1902.00618"},
        .equations = {"k times: g = F[second](w); w = w - eta*select((tolerance < sqrt(dot(g, "
                      "g))), 1, 0)*g",
                      "w = w - eta*F[first](w)"},
        .calls = 5.5,
        .needs = {.two_players = true},
        .bilinear = "1",
        .fails =
            "Where the inner problem has no maximum, as on x*y, all k steps are made and it is "
            "alternating steps; the first player does not see how the second will answer. Every "
            "step pays for k gradients, needed or not.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &GdaMax::eta, kStepSizes, "step size of both players"),
        param("k", &GdaMax::k, Range{1, 1000}, "most steps of the second player"),
        param("tolerance", &GdaMax::tolerance, Range{0.0, 1e6}, "gradient that is short enough"),
        param("order", &GdaMax::order, Range{}, "who goes down, then who climbs, as in order=y>x")};
  }

  template <BlockPoint V>
  requires InnerProductPoint<V> V step(V w, Field<V>& F)
  const {
    const auto [leader, follower] = two(order);
    for (int i = 0; i < k; ++i) {
      const V g = F.at(w, static_cast<int>(follower));
      const T goes_on = less(tolerance, sqrt(dot(g, g)));
      w = on(follower, F.project(w - (eta * goes_on) * g), w);
    }
    return w - eta * F.at(w, static_cast<int>(leader));
  }
};

}  // namespace gyre
