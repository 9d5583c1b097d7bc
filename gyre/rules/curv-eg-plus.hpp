#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Adaptive EG+ whose step ahead follows the game. Straight-line: the norm of the Jacobian by a few
/// power iterations, and a line search that always reads the field the same number of times.
template <class T = double>
struct CurvEgPlus {
  T eta = T(100.0);
  T nu = T(0.99);
  T tau = T(0.5);
  int halvings = 4;
  int power = 4;
  T lambda = T(1.0);
  T delta = T(0.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "curv-eg-plus",
        .name = "Curvature EG+",
        .does =
            "Adaptive EG+ with the longest step ahead that the Jacobian's norm allows, made "
            "shorter "
            "while the field turns too much on the way, at most `halvings` times.",
        .paper = {"Pethick, Latafat, Patrinos, Fercoq, Cevher", 2022,
                  "Escaping limit cycles: Global convergence for constrained "
                  "nonconvex-nonconcave minimax problems",
                  "arXiv:2302.09831"},
        .equations = {"v = F(w)", "q = v",
                      "power times: q = Jt(w)*J(w)*(q/(sqrt(dot(q, q)) + 1e-300))",
                      "gamma = min(eta, nu/(sqrt(sqrt(dot(q, q))) + 1e-300))",
                      "ahead = P(w - gamma*v)", "f = F(ahead)",
                      "halvings times: gamma = select((1.000000001*nu*sqrt(dot(ahead - w, ahead - "
                      "w)) < gamma*sqrt(dot(f - v, f - v))), tau*gamma, gamma); ahead = P(w - "
                      "gamma*v); f = F(ahead)",
                      "u = ahead - w", "d = u - gamma*(f - v)", "n = sqrt(dot(d, d))",
                      "alpha = delta/gamma + dot(u, d)/(n*n + 1e-300)", "w = w + lambda*alpha*d"},
        .calls = 6,
        .products = 8,
        .no_bilinear =
            "its steps depend on the point, so the update map has no slope at a solution; on x*y "
            "with lambda = 1 and delta = 0 the step ahead is always nu and the factor "
            "1/sqrt(1 + nu^2)",
        .keeps_field = true,
        .fails =
            "Every step pays for all the halvings, needed or not; where they are too few, the step "
            "ahead stays too long. Where the Jacobian is zero it looks eta ahead.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &CurvEgPlus::eta, Range{1e-12, 1e6, true}, "longest step ahead"),
        param("nu", &CurvEgPlus::nu, Range{0.01, 1.0}, "how much the field may turn on the way"),
        param("tau", &CurvEgPlus::tau, Range{0.01, 0.99}, "what a step too long is shortened by"),
        param("halvings", &CurvEgPlus::halvings, Range{0, 50}, "how often, at most"),
        param("power", &CurvEgPlus::power, Range{1, 100}, "iterations for the Jacobian's norm"),
        param("lambda", &CurvEgPlus::lambda, Range{0.0, 2.0}, "share of the way that is gone"),
        param("delta", &CurvEgPlus::delta, Range{-1e6, 1e6},
              "added to the way, in steps ahead; more than -1/2 of one")};
  }

  template <InnerProductPoint V>
  V step(const V& w, Field<V>& F) const {
    const auto length = [](const V& a) { return sqrt(dot(a, a)); };
    const V v = F.at(w);
    V q = v;
    for (int i = 0; i < power; ++i) q = F.vjp(w, F.jvp(w, (T(1.0) / (length(q) + T(1e-300))) * q));
    T gamma = min(eta, nu / (sqrt(length(q)) + T(1e-300)));
    V ahead = F.project(w - gamma * v), f = F.at(ahead);
    for (int i = 0; i < halvings; ++i) {
      // Equality is the rule where the field is linear; roundings must not break it.
      const T allowed = T(1.000000001) * nu * length(ahead - w);
      gamma = select(less(allowed, gamma * length(f - v)), tau * gamma, gamma);
      ahead = F.project(w - gamma * v);
      f = F.at(ahead);
    }
    return to_half_space(w, ahead, v, f, gamma, lambda, delta);
  }
};

}  // namespace gyre
