#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Momentum whose share is a complex number: the kept direction turns as it fades.
template <class T = double>
struct ComplexMom {
  T beta = T(0.9);
  T arg = T(0.39269908169872414);  // pi/8

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "complex-mom",
        .name = "Complex momentum",
        .does =
            "Momentum with a complex share of the last direction: what is kept oscillates as it "
            "fades, which can cancel a rotation even when all move at once.",
        .paper = {"Lorraine, Acuna, Vicol, Duvenaud", 2022,
                  "Complex Momentum for Optimization in Games", "arXiv:2102.08431"},
        .equations = {"old = re", "re = beta*cos(arg)*old - beta*sin(arg)*im + v",
                      "im = beta*sin(arg)*old + beta*cos(arg)*im", "d = re"},
        .memory = {{"re", "0"}, {"im", "0"}},
        .no_bilinear =
            "the largest root of (z - 1)*((z - a)^2 + b^2) - i*eta*z*(z - a) for the share a + "
            "i*b, which has no short form",
        .keeps_field = true,
        .fails =
            "The phase must fit the step: beta = 0.9, arg = pi/4 diverges on x*y at eta = 0.2.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("beta", &ComplexMom::beta, kDecays, "length of the share"),
                      param("arg", &ComplexMom::arg, Range{-3.141592653589793, 3.141592653589793},
                            "phase of the share, in radians")};
  }

  template <class V>
  struct Memory {
    V re, im;
  };

  template <PointLike V>
  Memory<V> start(const V& w) const {
    return {w - w, w - w};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int player, Memory<V>& memory) const {
    const T a = beta * cos(arg), b = beta * sin(arg);
    const V old = memory.re;
    memory.re = a * old - b * memory.im + F.at(w, player);
    memory.im = b * old + a * memory.im;
    return memory.re;
  }
};

}  // namespace gyre
