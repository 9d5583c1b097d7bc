#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// For zero-sum games: the total derivative follows from the field.
template <class T = double>
struct GdNewton {
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "gd-newton",
        .name = "Gradient and Newton steps",
        .does = "The follower makes Newton steps; the leader descends its total derivative.",
        .paper = {"Zhang, Wu, Poupart, Yu", 2021, "Newton-type Methods for Minimax Optimization",
                  "arXiv:2006.14592"},
        .equations =
            {"n = solve(block(second, second, J(w)) + block(first, first, I), part(second, F(w)))",
             "d = on(first, F(w) - J(w)*n, n)"},
        .calls = 1,
        .products = 1,
        .solves = 1,
        .needs = {.zero_sum = true, .curved = true},
        .no_bilinear = "the follower has no curvature on x*y, so it has no Newton step",
        .fails = "Local only; undefined where the follower has no curvature of its own.",
        .maturity = Maturity::kDraft};
  }

  static auto params() {
    return std::tuple{param("order", &GdNewton::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w);
    const V n = solve_own(w, follower, T(0.0), part(follower, v), F);
    return on(leader, v - F.jvp(w, n), n);
  }
};

}  // namespace gyre
