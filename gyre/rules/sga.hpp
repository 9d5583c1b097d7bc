#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Bends the field by its antisymmetric part A = (J - J')/2, against the rotation. With `align` the
/// sign of the correction is chosen so that it draws towards stable points and away from others.
template <class T = double>
struct Sga {
  T lambda = T(1.0);
  int align = 0;
  T eps = T(0.1);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "sga",
        .name = "Symplectic gradient adjustment",
        .does =
            "Adds lambda A'v, where A is the rotating part of the Jacobian: it turns circling "
            "into approaching and leaves potential games alone.",
        .paper = {"Balduzzi, Racaniere, Martens, Foerster, Tuyls, Graepel", 2018,
                  "The Mechanics of n-Player Differentiable Games", "arXiv:1802.05642"},
        .equations = {"u = F(w)", "a = 0.5*(Jt(w)*u - J(w)*u)",
                      "c = select(align, sign(dot(u, Jt(w)*u)*dot(a, Jt(w)*u)/dim + eps), 1)",
                      "d = v + lambda*c*a"},
        .calls = 1,
        .products = 2,
        .bilinear =
            "select(align, sqrt((1 - eta*lambda*sign(eps))^2 + eta^2), "
            "sqrt((1 - eta*lambda)^2 + eta^2))",
        .fails = "Too large a lambda makes unstable points attract; align=1 repairs most of it.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("lambda", &Sga::lambda, Range{-1e6, 1e6}, "weight of the adjustment"),
        param("align", &Sga::align, Range{0, 1}, "1 chooses the sign of the adjustment, 0 keeps +"),
        param("eps", &Sga::eps, Range{-1.0, 1.0}, "leaning of the sign when align=1")};
  }

  template <InnerProductPoint V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    const V jt = F.vjp(w, v);
    const V a = T(0.5) * (jt - F.jvp(w, v));
    if (align == 0) return v + lambda * a;
    const T side = sign(dot(v, jt) * dot(a, jt) * T(1.0 / dim(v)) + eps);
    return v + (lambda * side) * a;
  }
};

}  // namespace gyre
