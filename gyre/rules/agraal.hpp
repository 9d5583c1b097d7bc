#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// The golden-ratio algorithm that measures how fast the field changes where it is.
template <class T = double>
struct Agraal {
  T eta = T(0.1);
  T phi = T(1.5);
  T most = T(1e6);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "agraal",
            .name = "Adaptive golden-ratio algorithm",
            .does =
                "Steps from a running mean of its points, with a step size that follows the local "
                "Lipschitz constant of the field.",
            .paper = {"Malitsky", 2020, "Golden ratio algorithms for variational inequalities",
                      "arXiv:1803.08832"},
            .equations = {"next = P(bar - lam*now)", "new = F(next)",
                          "moved = sqrt(dot(next - w, next - w)) + 1e-300",
                          "turned = sqrt(dot(new - now, new - now)) + 1e-300",
                          "longer = (1/phi + 1/(phi*phi))*lam",
                          "fitting = (phi/4)*theta/lam*((moved/turned)*(moved/turned))",
                          "size = min(min(longer, fitting), most)",
                          "bar = bar + ((phi - 1)/phi)*(next - bar)", "theta = phi*size/lam",
                          "lam = size", "now = new", "w = next"},
            .memory = {{"bar", "w"}, {"now", "F(w)"}, {"lam", "eta"}, {"theta", "1"}},
            .calls = 1,
            .no_bilinear =
                "its step size is a ratio of two lengths that both vanish at a solution, so the "
                "update map has no slope there",
            .keeps_field = true,
            .fails =
                "Its guarantee is for monotone games; the steps it finds are about half as long as "
                "the longest that work.",
            .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("eta", &Agraal::eta, Range{1e-12, 1e6, true}, "first step size"),
        param("phi", &Agraal::phi, Range{1.01, 1.618033988749895}, "inverse weight of the mean"),
        param("most", &Agraal::most, Range{1e-6, 1e6, true}, "largest step size")};
  }

  template <class V>
  struct Memory {
    V bar, now, lam, theta;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>& F) const {
    return {w, F.at(w), fill(w, eta), fill(w, T(1.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    auto& [bar, now, lam, theta] = m;
    const V next = F.project(bar - mul(lam, now)), seen = F.at(next);
    const V way = next - w, turn = seen - now;
    // Where nothing moves, 1e-300 keeps the ratio a number.
    const T moved = sqrt(dot(way, way)) + T(1e-300), turned = sqrt(dot(turn, turn)) + T(1e-300);
    const V longer = (T(1.0) / phi + T(1.0) / (phi * phi)) * lam;
    const V fitting = ((phi / T(4.0)) * ((moved / turned) * (moved / turned))) * div(theta, lam);
    const V size = smaller(smaller(longer, fitting), fill(w, most));
    bar = bar + ((phi - T(1.0)) / phi) * (next - bar);
    theta = phi * div(size, lam);
    lam = size;
    now = seen;
    return next;
  }

 private:
  template <ElementwisePoint V>
  static V smaller(const V& a, const V& b) {
    return T(-1.0) * max(T(-1.0) * a, T(-1.0) * b);
  }
};

}  // namespace gyre
