#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Alternating steps in which both players are held to slow averages of their own places.
template <class T = double>
struct DsGda {
  T eta = T(0.1);
  T ratio = T(1.0);
  T r1 = T(1.0), r2 = T(1.0);
  T b1 = T(0.1), b2 = T(0.1);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "ds-gda",
            .name = "Doubly smoothed gradient descent-ascent",
            .does =
                "Alternating steps with two springs: each player is drawn to a slow average of "
                "where it has been, so that neither side needs to be convex.",
            .paper = {"Zheng, Zhu, So, Blanchet, Li", 2023,
                      "Universal Gradient Descent Ascent Method for Nonconvex-Nonconcave Minimax "
                      "Optimization",
                      "arXiv:2212.12978"},
            .equations = {"w = on(first, w - eta*(F[first](w) + r1*(w - z)), w)",
                          "w = on(second, w - ratio*eta*(F[second](w) + r2*(w - z)), w)",
                          "z = z + on(first, b1*(w - z), b2*(w - z))"},
            .memory = {{"z", "w"}},
            .calls = 1,
            .needs = {.two_players = true},
            .no_bilinear =
                "the largest root of (z - 1)^2*(z - 1 + b1 + eta*r1*(1 - b1))*(z - 1 + b2 + "
                "ratio*eta*r2*(1 - b2)) + ratio*eta^2*z*(z - 1 + b1)*(z - 1 + b2), which has no "
                "short form",
            .keeps_field = true,
            .fails = "Six parameters that want tuning, and slow averages make it slow.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &DsGda::eta, kStepSizes, "step size of the first mover"),
        param("ratio", &DsGda::ratio, Range{0.0, 1e6}, "the second mover's step over it"),
        param("r1", &DsGda::r1, Range{0.0, 1e6}, "strength of the first mover's spring"),
        param("r2", &DsGda::r2, Range{0.0, 1e6}, "strength of the second mover's spring"),
        param("b1", &DsGda::b1, kShares, "how fast the first mover's average follows"),
        param("b2", &DsGda::b2, kShares, "how fast the second mover's average follows"),
        param("order", &DsGda::order, Range{}, "who moves first, as in order=y>x")};
  }

  template <class V>
  struct Memory {
    V z;
  };

  template <BlockPoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w};
  }

  template <BlockPoint V>
  V step(V w, Field<V>& F, Memory<V>& m) const {
    const auto [first, second] = two(order);
    auto move = [&](std::size_t p, const T& size, const T& r) {
      const V pull = F.at(w, static_cast<int>(p)) + r * (w - m.z);
      w = on(p, F.project(w - size * pull), w);
    };
    move(first, eta, r1);
    move(second, ratio * eta, r2);
    m.z = m.z + on(first, b1 * (w - m.z), b2 * (w - m.z));
    return w;
  }
};

}  // namespace gyre
