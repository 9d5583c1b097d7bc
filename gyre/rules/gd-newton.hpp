#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// In turn: behind a Newton step the follower's slope is small, and so the leader's plain gradient
/// is nearly its total derivative.
template <class T = double>
struct GdNewton {
  T eta = T(0.1);
  T newton = T(1.0);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "gd-newton",
            .name = "Gradient descent and Newton",
            .does = "The leader makes a gradient step, then the follower a Newton step.",
            .paper = {"Zhang, Wu, Poupart, Yu", 2021,
                      "Newton-type Methods for Minimax Optimization", "arXiv:2006.14592"},
            .equations = {"w = w - eta*F[first](w)",
                          "w = w - newton*solve(block(second, second, J(w)) + block(first, first, "
                          "I), F[second](w))"},
            .calls = 1,
            .solves = 1,
            .needs = {.two_players = true, .curved = true},
            .no_bilinear = "the follower has no curvature on x*y, so it has no Newton step",
            .fails = "Local only; undefined where the follower has no curvature of its own.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &GdNewton::eta, kStepSizes, "step size of the leader"),
        param("newton", &GdNewton::newton, Range{0.0, 1.0}, "share of the follower's Newton step"),
        param("order", &GdNewton::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V step(V w, Field<V>& F) const {
    const auto [leader, follower] = two(order);
    w = F.project(w - eta * F.at(w, static_cast<int>(leader)));
    const V v = F.at(w, static_cast<int>(follower));
    return w - newton * solve_own(w, follower, T(0.0), v, F);
  }
};

}  // namespace gyre
