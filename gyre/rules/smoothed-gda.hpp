#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Alternating steps in which the first mover is held to a slow average of its own places.
template <class T = double>
struct SmoothedGda {
  T eta = T(0.1);
  T ratio = T(1.0);
  T r = T(1.0);
  T b = T(0.1);
  Order order;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "smoothed-gda",
            .name = "Smoothed gradient descent-ascent",
            .does =
                "Alternating steps with a spring: the first mover is drawn to a slow average of "
                "where it has been, which takes the swing out of the game.",
            .paper = {"Zhang, Xiao, Sun, Luo", 2020,
                      "A Single-Loop Smoothed Gradient Descent-Ascent Algorithm for "
                      "Nonconvex-Concave Min-Max Problems",
                      "arXiv:2010.15768"},
            .equations = {"w = on(first, w - eta*(F[first](w) + r*(w - z)), w)",
                          "w = on(second, w - ratio*eta*F[second](w), w)",
                          "z = on(first, z + b*(w - z), w)"},
            .memory = {{"z", "w"}},
            .calls = 1,
            .needs = {.two_players = true},
            .no_bilinear =
                "the largest root of (z - 1)^2*(z - 1 + b + eta*r*(1 - b)) + ratio*eta^2*z*(z - 1 "
                "+ b), which has no short form",
            .keeps_field = true,
            .fails =
                "Helps one side only: where the second mover's problem is not concave either it "
                "may cycle, and four parameters want tuning.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &SmoothedGda::eta, kStepSizes, "step size of the first mover"),
        param("ratio", &SmoothedGda::ratio, Range{0.0, 1e6}, "the second mover's step over it"),
        param("r", &SmoothedGda::r, Range{0.0, 1e6}, "strength of the spring"),
        param("b", &SmoothedGda::b, kShares, "how fast the average follows"),
        param("order", &SmoothedGda::order, Range{},
              "who is held and moves first, as in order=y>x")};
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
    const auto [held, free] = two(order);
    const V pull = F.at(w, static_cast<int>(held)) + r * (w - m.z);
    w = on(held, F.project(w - eta * pull), w);
    w = on(free, F.project(w - (ratio * eta) * F.at(w, static_cast<int>(free))), w);
    // Nobody asks for the free player's part of the average; it may not go its own way for that.
    m.z = on(held, m.z + b * (w - m.z), w);
    return w;
  }
};

}  // namespace gyre
