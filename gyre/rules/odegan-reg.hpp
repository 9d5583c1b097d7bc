#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The regulariser of ODE-GAN; with a Runge-Kutta scheme behind it, the whole method.
template <class T = double>
struct OdeganReg {
  T lambda = T(0.07);
  Order order;

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "odegan-reg",
        .name = "Gradient-norm penalty on the follower",
        .does =
            "The follower also descends lambda times the squared length of the leader's gradient.",
        .paper =
            {"Qin, Wu, Springenberg, Brock, Donahue, Lillicrap, Kohli", 2020,
             "Training Generative Adversarial Networks by Solving Ordinary Differential Equations",
             "arXiv:2010.15040"},
        .equations = {"d = v + 2*lambda*part(second, Jt(w)*part(first, F(w)))"},
        .calls = 1,
        .products = 1,
        .needs = {.two_players = true},
        .bilinear =
            "select((2*lambda) < 2, sqrt(max(0, 1 - eta*(2*lambda) + eta^2)), max(abs(2 - "
            "eta*(2*lambda) + eta*sqrt(max(0, (2*lambda)^2 - 4))), abs(2 - eta*(2*lambda) - "
            "eta*sqrt(max(0, (2*lambda)^2 - 4))))/2)",
        .fails =
            "Its default weight is small: on a rotating game plain steps must be smaller still.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("lambda", &OdeganReg::lambda, Range{0.0, 1e6}, "weight of the penalty"),
                      param("order", &OdeganReg::order, Range{}, "who leads, as in order=y>x")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const auto [leader, follower] = two(order);
    const V v = F.at(w);
    return v + (T(2.0) * lambda) * part(follower, F.vjp(w, part(leader, v)));
  }
};

}  // namespace gyre
