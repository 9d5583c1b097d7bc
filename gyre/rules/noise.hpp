#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// What players see is not quite their gradient: normal noise, fresh for each look unless the rule
/// holds a sample.
template <class T = double>
struct Noise {
  T sigma = T(0.1);
  T relative = T(0.0);

  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {.id = "noise",
            .name = "Noise",
            .does =
                "Adds normal noise of spread sigma to every number of the gradient, and noise "
                "that is a share `relative` of that number; each look at the field has its own.",
            .paper = {"Juditsky, Nemirovski, Tauvel", 2011,
                      "Solving Variational Inequalities with Stochastic Mirror-Prox Algorithm",
                      "arXiv:0809.0815"},
            .equations = {"d = v + sigma*normal(1) + relative*normal(2)*v"},
            .offers_products = true,
            .bilinear = "sqrt(1 + eta^2)",
            .keeps_points = false,
            .keeps_walls = false,
            .draws = true,
            .fails =
                "With steps of a fixed size no rule comes to rest: it wanders within a distance of "
                "the order of sqrt(eta)*sigma, or drifts off."};
  }

  static auto params() {
    return std::tuple{
        param("sigma", &Noise::sigma, Range{0.0, 1e6}, "spread of the noise that is added"),
        param("relative", &Noise::relative, Range{0.0, 1e6},
              "spread of the noise as a share of each number of the gradient")};
  }

  template <ElementwisePoint V>
  V at(const V& w, Field<V>& F, int player) const {
    const Held<V> one(F, sample_of(F));
    const V v = F.at(w, player);
    return v + sigma * F.normal(w, added(F)) + relative * mul(F.normal(w, multiplied(F)), v);
  }
  template <ElementwisePoint V>
  V jvp(const V& w, const V& u, Field<V>& F) const {
    const Held<V> one(F, sample_of(F));
    const V v = F.jvp(w, u);
    return v + relative * mul(F.normal(w, multiplied(F)), v);
  }
  template <ElementwisePoint V>
  V vjp(const V& w, const V& u, Field<V>& F) const {
    const Held<V> one(F, sample_of(F));
    return F.vjp(w, u + relative * mul(F.normal(w, multiplied(F)), u));
  }

 private:
  // Two noises in one pipe are independent.
  template <class V>
  static int added(const Field<V>& F) {
    return 2 * F.depth();
  }
  template <class V>
  static int multiplied(const Field<V>& F) {
    return 2 * F.depth() + 1;
  }
};

}  // namespace gyre
