#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Primal-dual hybrid gradient. Its proximal steps are implicit steps in a player's own numbers.
template <class T = double>
struct Pdhg {
  T eta = T(0.1);
  T theta = T(1.0);
  int newton = 2;
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "pdhg",
        .name = "Primal-dual hybrid gradient",
        .does =
            "The players make implicit steps in their own numbers, in turn; the second sees the "
            "first where its move, made longer by theta, would have led.",
        .paper = {"Chambolle, Pock", 2011,
                  "A First-Order Primal-Dual Algorithm for Convex Problems with Applications to "
                  "Imaging",
                  "10.1007/s10851-010-0251-1"},
        .equations = {"x = w",
                      "newton times: x = on(first, P(x - solve(I + eta*block(first, first, J(x)), "
                      "part(first, x - w) + eta*F[first](x))), x)",
                      "y = x + theta*(x - w)",
                      "newton times: y = on(second, P(y - solve(I + eta*block(second, second, "
                      "J(y)), part(second, y - w) + eta*F[second](y))), y)",
                      "w = on(second, y, x)"},
        .calls = 2,
        .solves = 4,
        .needs = {.two_players = true},
        .bilinear =
            "select((1 + theta)*eta < 2, sqrt(max(0, 1 - theta*eta^2)), abs(1 - (1 + "
            "theta)*eta^2/2) + eta*sqrt(max(0, (1 + theta)^2*eta^2/4 - 1)))",
        .keeps_field = true,
        .looks_outside = true,
        .fails =
            "Its guarantee is for players that meet in a bilinear term only. Reads the field "
            "outside the domain.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Pdhg::eta, kStepSizes, "step size of both players"),
        param("theta", &Pdhg::theta, kShares, "how much longer the first move looks"),
        param("newton", &Pdhg::newton, Range{1, 100}, "Newton steps for each implicit step"),
        param("order", &Pdhg::order, Range{}, "who moves first, as in order=y>x")};
  }

  template <BlockPoint V>
  V step(const V& w, Field<V>& F) const {
    const auto [one, two] = gyre::two(order);
    const V x = own_resolvent(w, w, one, eta, newton, F);
    return on(two, own_resolvent(w, x + theta * (x - w), two, eta, newton, F), x);
  }
};

}  // namespace gyre
