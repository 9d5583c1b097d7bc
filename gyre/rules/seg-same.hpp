#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/factors.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient whose two looks see the same sample. Without chance it is extragradient; with
/// independent samples, extragradient behind a stage of noise is the other published variant.
template <class T = double>
struct SegSame {
  T eta = T(0.1);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {
        .id = "seg-same",
        .name = "Same-sample stochastic extragradient",
        .does =
            "Extragradient that reads the field with the same noise, or on the same minibatch, "
            "in its trial step and in its move.",
        .paper = {"Gorbunov, Berard, Gidel, Loizou", 2022,
                  "Stochastic Extragradient: General Analysis and Improved Rates",
                  "arXiv:2111.08611"},
        .equations = {"ahead = P(w - eta*F(w, 1))", "w = w - eta*F(ahead, 1)"},
        .calls = 2,
        .bilinear = kExtragradientOnXy,
        .keeps_field = true,
        .draws = true,
        .fails =
            "Needs a sample that can be asked twice; settles only as its steps shrink, or where "
            "all samples agree."};
  }

  static auto params() {
    return std::tuple{param("eta", &SegSame::eta, kStepSizes, "step size of both moves")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const Held<V> one(F, sample_of(F));
    const V ahead = F.project(w - eta * F.at(w));
    return w - eta * F.at(ahead);
  }
};

}  // namespace gyre
