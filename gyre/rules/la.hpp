#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/blocks.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Each player answers the step that it expects of the others.
template <class T = double>
struct La {
  T alpha = T(0.1);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "la",
        .name = "Look-ahead opponent modelling",
        .does =
            "Takes the gradient that it would meet after the others have made a step of alpha, as "
            "if that step did not depend on it.",
        .paper = {"Zhang, Lesser", 2010, "Multi-Agent Learning with Policy Prediction", ""},
        .equations = {"d = v - alpha*between(J(w))*F(w)"},
        .calls = 1,
        .products = 1,
        .bilinear = "sqrt((1 - eta*alpha)^2 + eta^2)",
        .halts = {{"la", "x: 10*x*y + x; y: 10*x*y + y", {0, 0}}},
        .fails =
            "Too large an alpha overshoots; finds no cooperation that opponent shaping would find.",
        .maturity = Maturity::kChecked};
  }

  static auto params() {
    return std::tuple{
        param("alpha", &La::alpha, Range{0.0, 1e6}, "step that the others are expected to make")};
  }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const V v = F.at(w);
    return v - alpha * F.jvp_between(w, v);
  }
};

}  // namespace gyre
