#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient on the field plus a pull to where the run began that fades like alpha/k; the
/// second move takes the pull where it lands.
template <class T = double>
struct FlexAnchor {
  T eta = T(0.1);
  T alpha = T(2.0);
  T beta = T(2.0);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "flex-anchor",
        .name = "Extragradient with flexible anchoring",
        .does =
            "Extragradient on the field and a pull alpha/k to where the run began; it comes to "
            "the solution nearest to there, and the field falls like alpha/k.",
        .paper = {"Bot, Chenchene", 2024,
                  "Extra-Gradient Method with Flexible Anchoring: Strong Convergence and Fast "
                  "Residual Decay",
                  "arXiv:2410.14369"},
        .equations = {"off = w - anchor", "ahead = P(w - eta*alpha/(k + beta)*off - eta*F(w))",
                      "k = k + 1", "w = anchor + (off - eta*F(ahead))/(1 + eta*alpha/(k + beta))",
                      "anchor = anchor"},
        .memory = {{"anchor", "w"}, {"k", "0"}},
        .calls = 2,
        .no_bilinear = "its steps change with time",
        .keeps_field = true,
        .fails =
            "Never faster than 1/k unless it begins at a solution, and slower than plain "
            "extragradient where that converges exponentially.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{
        param("eta", &FlexAnchor::eta, kStepSizes, "step size of both moves, below 1/L"),
        param("alpha", &FlexAnchor::alpha, Range{0.0, 1e6}, "strength of the pull"),
        param("beta", &FlexAnchor::beta, Range{1e-6, 1e6, true}, "steps that count as done")};
  }

  template <class V>
  struct Memory {
    V anchor, k;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w, fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V one = fill(w, T(1.0)), off = w - m.anchor;
    auto pull = [&] { return div(fill(w, eta * alpha), m.k + fill(w, beta)); };
    const V ahead = F.project(w - mul(pull(), off) - eta * F.at(w));
    m.k = m.k + one;
    return m.anchor + div(off - eta * F.at(ahead), one + pull());
  }
};

}  // namespace gyre
