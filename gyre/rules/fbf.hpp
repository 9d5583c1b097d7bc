#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient with one projection.
template <class T = double>
struct Fbf {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "fbf",
            .name = "Forward-backward-forward",
            .does =
                "Takes a projected step and then corrects it by the change of the field on the "
                "way; with no walls it is extragradient.",
            .paper = {"Tseng", 2000,
                      "A modified forward-backward splitting method for maximal monotone mappings",
                      "10.1137/S0363012998338806"},
            .equations = {"v = F(w)", "z = P(w - eta*v)", "w = z + eta*(v - F(z))"},
            .calls = 2,
            .bilinear = kExtragradientOnXy,
            .keeps_field = true,
            .fails = "The correction may leave the domain and has to be brought back.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() { return std::tuple{param("eta", &Fbf::eta, kStepSizes, "step size")}; }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V v = F.at(w), z = F.project(w - eta * v);
    return z + eta * (v - F.at(z));
  }
};

}  // namespace gyre
