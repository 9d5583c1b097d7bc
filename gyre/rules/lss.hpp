#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Its attracting points are local Nash points only.
template <class T = double>
struct Lss {
  T lambda = T(0.1);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "lss",
        .name = "Local symplectic surgery",
        .does =
            "Averages the field with its regularised projection J'(J'J + lambda I)^-1 J'v, which "
            "cancels what rotates.",
        .paper =
            {"Mazumdar, Jordan, Sastry", 2019,
             "On Finding Local Nash Equilibria (and Only Local Nash Equilibria) in Zero-Sum Games",
             "arXiv:1901.00838"},
        .equations = {"d = 0.5*(F(w) + Jt(w)*solve(Jt(w)*J(w) + lambda*I, Jt(w)*F(w)))"},
        .calls = 1,
        .products = 2,
        .solves = 1,
        .bilinear = "sqrt(1 + (eta*lambda/(2*(1 + lambda)))^2)",
        .halts = {{"lss(lambda=0)", "min x max y: x*y", {1, 0.5}}},
        .fails =
            "On purely rotating games it cancels everything: with lambda = 0 it does not move at "
            "all.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("lambda", &Lss::lambda, Range{0.0, 1e6}, "regularisation of the inverse")};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    const V q =
        F.solve([&](const V& u) { return F.vjp(w, F.jvp(w, u)) + lambda * u; }, F.vjp(w, v));
    return T(0.5) * (v + F.vjp(w, q));
  }
};

}  // namespace gyre
