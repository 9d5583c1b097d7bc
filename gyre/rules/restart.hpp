#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/rule.hpp"

namespace gyre {

/// Makes the wrapped rule forget everything every k steps. One step of this rule is k steps of the
/// wrapped one, the first of them with fresh memory.
template <class T = double>
struct Restart {
  int k = 10;

  static constexpr StageKind kind = StageKind::kWrapper;

  static RuleFacts facts() {
    return {.id = "restart",
            .name = "Restarts",
            .does =
                "Lets the wrapped rule begin anew where it is, every k steps: anchors, averages, "
                "momenta and step counts start over.",
            .paper = {"Applegate, Hinder, Lu, Lubin", 2023,
                      "Faster First-Order Primal-Dual Methods for Linear Programming using "
                      "Restarts and Sharpness",
                      "arXiv:2105.12715"},
            .equations = {"w = anew(w, k)"},
            .calls = 10,
            .starts = 1,
            .bilinear = "(1 + eta^2)^(k/2)",
            .fails =
                "Restarts that come too soon take away what memory was for; how soon is too soon "
                "depends on the game.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("k", &Restart::k, Range{1, 10000}, "steps of the wrapped rule between restarts")};
  }

  template <PointLike V>
  V step(V w, Inner<V>& rule) const {
    rule.restart(w);
    for (int i = 0; i < k; ++i) w = rule.step(w);
    return w;
  }
};

}  // namespace gyre
