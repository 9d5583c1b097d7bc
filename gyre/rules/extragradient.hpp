#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Looks one step ahead, then moves from where it stood along the field it saw there.
template <class T = double>
struct Extragradient {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "extragradient",
            .name = "Extragradient",
            .does =
                "Takes a trial step, reads the field there, and moves along that from where it "
                "stood.",
            .paper = {"Korpelevich", 1976,
                      "The extragradient method for finding saddle points and other problems", ""},
            .equations = {"ahead = P(w - eta*F(w))", "w = w - eta*F(ahead)"},
            .calls = 2,
            .bilinear = kExtragradientOnXy,
            .keeps_field = true,
            .halts = {{"extragradient", "x: 10*x*y + x; y: 10*x*y + y", {0, 0}}},
            .fails = "Two field calls a step; cannot leave an attracting cycle.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &Extragradient::eta, kStepSizes, "step size of both moves")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V ahead = F.project(w - eta * F.at(w));
    return w - eta * F.at(ahead);
  }
};

}  // namespace gyre
