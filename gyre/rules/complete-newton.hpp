#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The leader's block of J^-1 (v in that block, 0) is the Schur complement's inverse times v.
template <class T = double>
struct CompleteNewton {
  T eta = T(1.0);
  T newton = T(1.0);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "complete-newton",
        .name = "Complete Newton",
        .does =
            "Newton steps in turn: the leader's on the loss that the follower's answer leaves it, "
            "then the follower's on its own.",
        .paper = {"Zhang, Wu, Poupart, Yu", 2021, "Newton-type Methods for Minimax Optimization",
                  "arXiv:2006.14592"},
        .equations = {"w = w - eta*part(first, solve(J(w), F[first](w)))",
                      "w = w - newton*solve(block(second, second, J(w)) + block(first, first, I), "
                      "F[second](w))"},
        .calls = 1,
        .solves = 2,
        .needs = {.two_players = true, .curved = true},
        .no_bilinear = "the follower has no curvature on x*y, so it has no Newton step",
        .fails = "Local only, and drawn to any critical point nearby.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &CompleteNewton::eta, Range{0.0, 1.0}, "share of the leader's Newton step"),
        param("newton", &CompleteNewton::newton, Range{0.0, 1.0},
              "share of the follower's Newton step"),
        param("order", &CompleteNewton::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V step(V w, Field<V>& F) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w, static_cast<int>(leader));
    const V move = F.solve([&](const V& u) { return F.jvp(w, u); }, v);
    w = F.project(w - eta * part(leader, move));
    const V u = F.at(w, static_cast<int>(follower));
    return w - newton * solve_own(w, follower, T(0.0), u, F);
  }
};

}  // namespace gyre
