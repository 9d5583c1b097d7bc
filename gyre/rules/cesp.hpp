#pragma once

#include "gyre/core/point.hpp"
#include "gyre/core/scalar.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Leaves points where a player's own loss curves downwards, although plain steps may be drawn to
/// them.
template <class T = double>
struct Cesp {
  T eta = T(0.1);
  T rho = T(10.0);
  int power = 8;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "cesp",
            .name = "Curvature exploitation",
            .does =
                "Plain steps, and a kick downhill along the direction in which a player's own loss "
                "curves down most, in proportion to that curvature.",
            .paper = {"Adolphs, Daneshmand, Lucchi, Hofmann", 2019,
                      "Local Saddle Point Optimization: A Curvature Exploitation Approach",
                      "arXiv:1805.05751"},
            .equations =
                {"x = w",
                 "each p: f = F[p](x); u = unit(f); power times: u = unit(block(p, p, J(x))*u); "
                 "r = sqrt(dot(block(p, p, J(x))*u, block(p, p, J(x))*u)); z = unit(f); "
                 "power times: z = unit(r*z - block(p, p, J(x))*z); "
                 "c = min(dot(z, block(p, p, J(x))*z), 0); "
                 "w = on(p, x - eta*f + (c/(2*rho))*sign(dot(z, f))*z, w)"},
            .calls = 1,
            .products = 36,
            .needs = {.two_players = true},
            .bilinear = "sqrt(1 + eta^2)",
            .leaps = true,
            .fails =
                "Does nothing about rotation; near the points that it leaves it kicks by the same "
                "amount however small the step, and 2 (power + 1) products a player find where to.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Cesp::eta, kStepSizes, "step size"),
        param("rho", &Cesp::rho, Range{1e-6, 1e6, true}, "how fast curvature changes"),
        param("power", &Cesp::power, Range{1, 100}, "power iterations, twice, for the direction")};
  }

  template <BlockPoint V>
  V step(const V& w, Field<V>& F) const {
    V next = w;
    for (std::size_t p = 0; p < F.players(); ++p) {
      const V f = F.at(w, static_cast<int>(p));
      const auto bend = [&](const V& u) { return part(p, F.jvp(w, u)); };
      V u = unit(f);
      for (int i = 0; i < power; ++i) u = unit(bend(u));
      const V most = bend(u);
      const T r = sqrt(dot(most, most));  // no curvature is larger, up or down
      V z = unit(f);
      for (int i = 0; i < power; ++i) z = unit(r * z - bend(z));
      const T c = min(dot(z, bend(z)), T(0.0));
      next = on(p, w - eta * f + (c / (T(2.0) * rho)) * (sign(dot(z, f)) * z), next);
    }
    return next;
  }
};

}  // namespace gyre
