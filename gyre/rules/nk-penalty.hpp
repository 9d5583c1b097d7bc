#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The generator of a GAN is penalised for leaving its critic a slope.
template <class T = double>
struct NkPenalty {
  T gamma = T(1.0);
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "nk-penalty",
            .name = "Gradient-norm penalty on the leader",
            .does = "The leader also descends half the squared length of the follower's gradient.",
            .paper = {"Nagarajan, Kolter", 2017,
                      "Gradient Descent GAN Optimization is Locally Stable", "arXiv:1706.04156"},
            .equations = {"d = v + gamma*part(first, Jt(w)*part(second, F(w)))"},
            .calls = 1,
            .products = 1,
            .needs = {.two_players = true},
            .bilinear =
                "select(gamma < 2, sqrt(max(0, 1 - eta*gamma + eta^2)), max(abs(2 - eta*gamma + "
                "eta*sqrt(max(0, gamma^2 - 4))), abs(2 - eta*gamma - eta*sqrt(max(0, gamma^2 - "
                "4))))/2)",
            .fails =
                "Needs a penalty larger than the step on rotating games; the follower is left as "
                "it is.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("gamma", &NkPenalty::gamma, Range{0.0, 1e6}, "weight of the penalty"),
                      param("order", &NkPenalty::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w);
    return v + gamma * part(leader, F.vjp(w, part(follower, v)));
  }
};

}  // namespace gyre
