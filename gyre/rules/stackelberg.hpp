#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The leader sees through the follower's best answer.
template <class T = double>
struct Stackelberg {
  T lambda = T(1.0);
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "stackelberg",
            .name = "Stackelberg gradient",
            .does =
                "The leader descends its total derivative, the follower's answer included; the "
                "follower plays its own gradient.",
            .paper = {"Fiez, Chasnov, Ratliff", 2020,
                      "Implicit Learning Dynamics in Stackelberg Games", "arXiv:1906.01217"},
            .equations = {"g = G[first](w)",
                          "u = solve(block(second, second, J(w) + lambda*I) + block(first, first, "
                          "I), part(second, g))",
                          "d = on(first, g - Jt(w)*u, v)"},
            .calls = 1,
            .products = 1,
            .solves = 1,
            .needs = {.losses = true, .two_players = true},
            .bilinear =
                "select((1/lambda) < 2, sqrt(max(0, 1 - eta*(1/lambda) + eta^2)), max(abs(2 - "
                "eta*(1/lambda) + eta*sqrt(max(0, (1/lambda)^2 - 4))), abs(2 - eta*(1/lambda) - "
                "eta*sqrt(max(0, (1/lambda)^2 - 4))))/2)",
            .keeps_points = false,
            .fails =
                "Finds local minimax points, which need not be Nash; where the follower has no "
                "curvature lambda must stand in.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("lambda", &Stackelberg::lambda, Range{0.0, 1e6}, "added to the follower's curvature"),
        param("order", &Stackelberg::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w, static_cast<int>(follower));
    const V g = F.loss_gradient(w, static_cast<int>(leader));
    const V u = solve_own(w, follower, lambda, part(follower, g), F);
    return on(leader, g - F.vjp(w, u), v);
  }
};

}  // namespace gyre
