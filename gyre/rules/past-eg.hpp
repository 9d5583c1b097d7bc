#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient for one field call: the look ahead uses what was seen on the last one.
template <class T = double>
struct PastEg {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "past-eg",
            .name = "Extrapolation from the past",
            .does =
                "Extragradient whose trial step uses the field of the last trial point instead of "
                "a new one.",
            .paper = {"Popov", 1980,
                      "A modification of the Arrow-Hurwicz method for search of saddle points",
                      "10.1007/BF01141092"},
            .equations = {"now = F(P(w - eta*last))", "w = w - eta*now", "last = now"},
            .memory = {{"last", "F(w)"}},
            .calls = 1,
            .bilinear = kOptimismOnXy,
            .keeps_field = true,
            .fails = "Its longest step is shorter than extragradient's: 1/sqrt(3) on x*y.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &PastEg::eta, kStepSizes, "step size of both moves")};
  }

  template <class V>
  struct Memory {
    V last;
  };

  template <PointLike V>
  Memory<V> start(const V& w, Field<V>& F) const {
    return {F.at(w)};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    m.last = F.at(F.project(w - eta * m.last));
    return w - eta * m.last;
  }
};

}  // namespace gyre
