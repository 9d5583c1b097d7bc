#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Attracted to local minimax points and to nothing else.
template <class T = double>
struct FollowRidge {
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "follow-ridge",
            .name = "Follow-the-ridge",
            .does =
                "Plain gradients, and the follower makes good for the leader's move so that it "
                "stays on its ridge.",
            .paper = {"Wang, Zhang, Ba", 2020,
                      "On Solving Minimax Optimization Locally: A Follow-the-Ridge Approach",
                      "arXiv:1910.07512"},
            .equations = {"u = part(second, J(w)*part(first, F(w)))",
                          "d = v - solve(block(second, second, J(w)) + block(first, first, I), u)"},
            .calls = 1,
            .products = 1,
            .solves = 1,
            .needs = {.two_players = true, .curved = true},
            .no_bilinear = "the follower has no curvature on x*y, so there is no ridge to follow",
            .fails = "Undefined where the follower has no curvature of its own.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("order", &FollowRidge::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w);
    const V u = part(follower, F.jvp(w, part(leader, v)));
    return v - solve_own(w, follower, T(0.0), u, F);
  }
};

}  // namespace gyre
