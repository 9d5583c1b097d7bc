#pragma once

#include "gyre/core/point.hpp"
#include "gyre/core/scalar.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// What `lss` solves for is approached by steps of its own, on a faster time scale.
template <class T = double>
struct LssTts {
  T b = T(0.5);
  T lambda = T(0.1);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "lss-tts",
        .name = "Local symplectic surgery on two time scales",
        .does =
            "Local symplectic surgery without linear systems: a second vector descends towards "
            "their solution, and what keeps them regular fades at critical points.",
        .paper =
            {"Mazumdar, Jordan, Sastry", 2019,
             "On Finding Local Nash Equilibria (and Only Local Nash Equilibria) in Zero-Sum Games",
             "arXiv:1901.00838"},
        .equations = {"u = F(w)",
                      "q = q - b*(Jt(w)*(J(w)*q - u) + (lambda*(1 - exp(0 - dot(u, u))))*q)",
                      "d = 0.5*(u + Jt(w)*q)"},
        .memory = {{"q", "0"}},
        .calls = 1,
        .products = 3,
        .bilinear = "max(1, abs(1 - b)*sqrt(1 + eta^2/4))",
        .fails =
            "On purely rotating games it all but stands still, wherever it is; b must suit the "
            "squared coupling, and be large beside the step.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{param("b", &LssTts::b, Range{0.0, 1e6}, "step of the second vector"),
                      param("lambda", &LssTts::lambda, Range{0.0, 1e6},
                            "regularisation far from critical points")};
  }

  template <class V>
  struct Memory {
    V q;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w) const {
    return {fill(w, T(0.0))};
  }

  template <InnerProductPoint V>
  V at(const V& w, Field<V>& F, int, Memory<V>& m) const {
    using std::exp;
    const V v = F.at(w);
    const T fading = lambda * (T(1.0) - exp(T(-1.0) * dot(v, v)));
    m.q = m.q - b * (F.vjp(w, F.jvp(w, m.q) - v) + fading * m.q);
    return T(0.5) * (v + F.vjp(w, m.q));
  }
};

}  // namespace gyre
