#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Look-ahead plus as much opponent shaping as keeps fixed points and descent.
template <class T = double>
struct Sos {
  T alpha = T(0.1);
  T a = T(0.5);
  T b = T(0.1);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "sos",
            .name = "Stable opponent shaping",
            .does =
                "Between look-ahead and opponent shaping: shapes while that does not turn it "
                "round, and less and less near a critical point.",
            .paper = {"Letcher, Foerster, Balduzzi, Rocktaschel, Whiteson", 2019,
                      "Stable Opponent Shaping in Differentiable Games", "arXiv:1811.08469"},
            .equations = {"chi = part(1, Jt(w)*part(2, G[1](w))) + part(2, Jt(w)*part(1, G[2](w)))",
                          "ahead = F(w) - alpha*between(J(w))*F(w)",
                          "along = 0 - alpha*dot(chi, ahead)",
                          "against = select((along < 0), -1*along, 1)",
                          "p1 = select((along < 0), min(1, a*dot(ahead, ahead)/against), 1)",
                          "p2 = select((dot(F(w), F(w)) < b*b), dot(F(w), F(w)), 1)",
                          "d = ahead - min(p1, p2)*alpha*chi"},
            .calls = 1,
            .products = 2,
            .needs = {.losses = true, .two_players = true},
            .bilinear = "sqrt((1 - eta*alpha)^2 + eta^2)",
            .halts = {{"sos", "x: 10*x*y + x; y: 10*x*y + y", {0, 0}}},
            .fails = "The amount of shaping changes abruptly where its conditions switch.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("alpha", &Sos::alpha, Range{0.0, 1e6}, "step that the other is expected to make"),
        param("a", &Sos::a, Range{0.0, 1.0},
              "share of the look-ahead direction that is always kept"),
        param("b", &Sos::b, Range{0.0, 1e6}, "length of the field below which shaping fades")};
  }

  template <BlockPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const V one = F.loss_gradient(w, 0), two = F.loss_gradient(w, 1);
    const V v = on(0, one, two), chi = F.vjp_between(w, on(1, one, two));
    const V ahead = v - alpha * F.jvp_between(w, v);
    const T along = T(0.0) - alpha * dot(chi, ahead), turns = less(along, T(0.0));
    const T against = select(turns, T(-1.0) * along, T(1.0));
    const T p1 = select(turns, min(T(1.0), a * dot(ahead, ahead) / against), T(1.0));
    const T p2 = select(less(dot(v, v), b * b), dot(v, v), T(1.0));
    return ahead - (min(p1, p2) * alpha) * chi;
  }
};

}  // namespace gyre
