#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Two players in turn, each judged by where the other is heading.
template <class T = double>
struct AlexGda {
  T eta = T(0.1);
  T gamma = T(2.0);
  T delta = T(2.0);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "alex-gda",
            .name = "Alternating extrapolation",
            .does =
                "The players move in turn; each reads its gradient where the other's last move, "
                "made longer, would have led.",
            .paper = {"Lee, Cho, Yun", 2024,
                      "Fundamental Benefit of Alternating Updates in Minimax Optimization",
                      "arXiv:2402.10475"},
            .equations = {"x = on(first, P(w - eta*F[first](on(second, ahead, w))), w)",
                          "bar = w + gamma*(x - w)",
                          "y = on(second, P(w - eta*F[second](on(second, w, bar))), w)",
                          "ahead = w + delta*(y - w)", "w = on(second, y, x)"},
            .memory = {{"ahead", "w"}},
            .calls = 1,
            .needs = {.two_players = true},
            .no_bilinear =
                "the largest root of z*(z - 1)^2 + eta^2*(1 + gamma*(z - 1))*(1 + delta*(z - 1)), "
                "which has no short form",
            .keeps_field = true,
            .looks_outside = true,
            .fails =
                "Large gamma and delta shorten the longest step that works: on x*y with both 2 it "
                "is 2/3. Reads the field outside the domain.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &AlexGda::eta, kStepSizes, "step size"),
        param("gamma", &AlexGda::gamma, Range{0.0, 100.0},
              "how much longer the first mover's step looks to the other"),
        param("delta", &AlexGda::delta, Range{0.0, 100.0}, "... and the second mover's"),
        param("order", &AlexGda::order, Range{}, "who moves first, as in order=y>x")};
  }

  template <class V>
  struct Memory {
    V ahead;
  };

  template <BlockPoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <BlockPoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const auto [one, two] = gyre::two(order);
    auto moved = [&](std::size_t p, const V& seen) {
      return on(p, F.project(w - eta * F.at(seen, static_cast<int>(p))), w);
    };
    const V x = moved(one, on(two, m.ahead, w));
    const V y = moved(two, on(two, w, w + gamma * (x - w)));
    m.ahead = w + delta * (y - w);
    return on(two, y, x);
  }
};

}  // namespace gyre
