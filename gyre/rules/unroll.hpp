#pragma once

#include <vector>

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The leader's gradient runs backwards through every imagined step of the follower.
template <class T = double>
struct Unroll {
  int k = 5;
  T inner = T(0.1);
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "unroll",
            .name = "Unrolled gradients",
            .does =
                "The leader descends what its loss would be after k more steps of the follower, "
                "and differentiates through them.",
            .paper = {"Metz, Poole, Pfau, Sohl-Dickstein", 2017,
                      "Unrolled Generative Adversarial Networks", "arXiv:1611.02163"},
            .equations = {"z = w", "Z = I",
                          "k times: Z = Z - inner*(block(second, first, J(z)) + block(second, "
                          "second, J(z)))*Z; z = P(z - inner*F[second](z))",
                          "d = on(first, transpose(Z)*G[first](z), v)"},
            .calls = 3,
            .products = 5,
            .needs = {.losses = true, .two_players = true},
            .bilinear =
                "select(k*inner < 1, sqrt(abs(1 - 2*eta*k*inner + eta^2)), max(abs(1 - "
                "eta*k*inner + eta*sqrt(max(0, (k*inner)^2 - 1))), abs(1 - eta*k*inner - "
                "eta*sqrt(max(0, (k*inner)^2 - 1)))))",
            .keeps_points = false,
            .fails =
                "Cost and memory grow with k; once the unrolled steps reach far, the leader's "
                "gradient is too large for its step. Walls stop the unrolled steps, and the "
                "gradient does not know of them.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("k", &Unroll::k, Range{1, 100}, "steps of the follower to look through"),
        param("inner", &Unroll::inner, Range{0.0, 1e6}, "size of those steps"),
        param("order", &Unroll::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    std::vector<V> path{w};
    V v = w;
    for (int i = 0; i < k; ++i) {
      const V own = F.at(path.back(), static_cast<int>(follower));
      if (i == 0) v = own;
      path.push_back(F.project(path.back() - inner * own));
    }
    const V slope = F.loss_gradient(path.back(), static_cast<int>(leader));
    V mine = part(leader, slope), theirs = part(follower, slope);
    for (int i = k; i-- > 0;) {
      const V back = F.vjp(path[static_cast<std::size_t>(i)], theirs);
      mine = mine - inner * part(leader, back);
      theirs = theirs - inner * part(follower, back);
    }
    return on(leader, mine, v);
  }
};

}  // namespace gyre
