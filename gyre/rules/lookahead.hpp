#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/rule.hpp"

namespace gyre {

/// Lets the wrapped rule run ahead for k steps, then moves a share of the way. One step of this
/// rule is k steps of the wrapped one.
template <class T = double>
struct Lookahead {
  int k = 5;
  T alpha = T(0.5);

  static constexpr StageKind kind = StageKind::kWrapper;

  static RuleFacts facts() {
    return {.id = "lookahead",
            .name = "Lookahead",
            .does =
                "Runs the wrapped rule k steps ahead, then goes a share alpha of the way to where "
                "it ended, all players together.",
            .paper = {"Chavdarova, Pagliardini, Stich, Fleuret, Jaggi", 2021,
                      "Taming GANs with Lookahead-Minmax", "arXiv:2006.14567"},
            .equations = {"fast = rule(w, k)", "w = w + alpha*(fast - w)"},
            .calls = 5,
            .bilinear =
                "sqrt((1 - alpha + alpha*(1 + eta^2)^(k/2)*cos(k*atan(eta)))^2 + "
                "(alpha*(1 + eta^2)^(k/2)*sin(k*atan(eta)))^2)",
            .fails = "If k or the inner step is too large, the inner spiral wins.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("k", &Lookahead::k, Range{1, 10000}, "steps of the wrapped rule"),
                      param("alpha", &Lookahead::alpha, kShares, "share of the way that is kept")};
  }

  template <PointLike V>
  V step(const V& w, Inner<V>& rule) const {
    V fast = w;
    for (int i = 0; i < k; ++i) fast = rule.step(fast);
    return w + alpha * (fast - w);
  }
};

}  // namespace gyre
