#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Explore boldly, update with care.
template <class T = double>
struct Dseg {
  T eta = T(0.1);
  T gamma = T(0.5);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "dseg",
            .name = "Double step-size extragradient",
            .does =
                "Extragradient with two steps: gamma to look ahead and eta, usually shorter, to "
                "move.",
            .paper = {"Hsieh, Iutzeler, Malick, Mertikopoulos", 2020,
                      "Explore Aggressively, Update Conservatively: Stochastic Extragradient "
                      "Methods with Variable Stepsize Scaling",
                      "arXiv:2003.10162"},
            .equations = {"ahead = P(w - gamma*F(w))", "w = w - eta*F(ahead)"},
            .calls = 2,
            .bilinear = "sqrt((1 - gamma*eta)^2 + eta^2)",
            .fails =
                "The step ahead is limited by the field's Lipschitz constant. The paper lets both "
                "steps fall with time, against noise; here they are fixed.",
            .maturity = Maturity::kReproduced};
  }

  static auto params() {
    return std::tuple{param("eta", &Dseg::eta, kStepSizes, "step of the move"),
                      param("gamma", &Dseg::gamma, kStepSizes, "step of the look ahead")};
  }

  template <PointLike V>
  V step(const V& w, Field<V>& F) const {
    const V ahead = F.project(w - gamma * F.at(w));
    return w - eta * F.at(ahead);
  }
};

}  // namespace gyre
