#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Everybody answers the others at once, as Cournot's two firms do.
template <class T = double>
struct BestResponse {
  T damping = T(0.5);
  int newton = 3;
  T lambda = T(1e-6);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "br",
        .name = "Damped best responses",
        .does =
            "Every player goes a share of the way to its best answer to where the others "
            "stand, which it finds by a fixed number of damped Newton steps on its own loss.",
        .paper = {"Cournot", 1838,
                  "Recherches sur les principes mathematiques de la theorie des richesses", ""},
        .equations = {"z = w",
                      "newton times: M = lambda*I; each p: M = M + block(p, p, J(on(p, z, w))); "
                      "g = 0*w; each p: g = g + F[p](on(p, z, w)); z = P(z - solve(M, g))",
                      "w = w + damping*(z - w)"},
        .calls = 3,
        .solves = 3,
        .bilinear = "sqrt(1 + (damping*newton/lambda)^2)",
        .fails =
            "Newton steps find any stationary answer, the worst as well as the best; where a "
            "loss is linear in its owner's numbers the answer is at a wall or infinitely far "
            "away. Undamped, linear Cournot markets of more than two firms do not settle.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("damping", &BestResponse::damping, kShares, "share of the way to the answer"),
        param("newton", &BestResponse::newton, Range{1, 100}, "Newton steps for the answer"),
        param("lambda", &BestResponse::lambda, Range{0.0, 1e6}, "added to a player's curvature")};
  }

  template <BlockPoint V>
  V step(const V& w, Field<V>& F) const {
    V z = w;
    for (int i = 0; i < newton; ++i) {
      V g = w - w;
      for (std::size_t p = 0; p < F.players(); ++p) g = g + F.at(on(p, z, w), static_cast<int>(p));
      const auto curvatures = [&](const V& u) {
        V all = lambda * u;
        for (std::size_t p = 0; p < F.players(); ++p)
          all = all + part(p, F.jvp(on(p, z, w), part(p, u)));
        return all;
      };
      z = F.project(z - F.solve(curvatures, g));
    }
    return w + damping * (z - w);
  }
};

}  // namespace gyre
