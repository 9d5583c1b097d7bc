#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The leader's step is its block of J^-1 v, which is the Schur complement's.
template <class T = double>
struct CompleteNewton {
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "complete-newton",
            .name = "Complete Newton",
            .does =
                "Newton steps for both: the follower on its own loss, the leader on the loss that "
                "the follower's answer leaves it.",
            .paper = {"Zhang, Wu, Poupart, Yu", 2021,
                      "Newton-type Methods for Minimax Optimization", "arXiv:2006.14592"},
            .equations = {"d = on(first, solve(J(w), F(w)), solve(block(second, second, J(w)) + "
                          "block(first, first, I), part(second, F(w))))"},
            .calls = 1,
            .solves = 2,
            .needs = {.zero_sum = true, .curved = true},
            .no_bilinear = "the follower has no curvature on x*y, so it has no Newton step",
            .fails = "Local only, and drawn to any critical point nearby.",
            .maturity = Maturity::kDraft};
  }

  static auto params() {
    return std::tuple{
        param("order", &CompleteNewton::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w);
    const V n = solve_own(w, follower, T(0.0), part(follower, v), F);
    return on(leader, F.solve([&](const V& u) { return F.jvp(w, u); }, v), n);
  }
};

}  // namespace gyre
