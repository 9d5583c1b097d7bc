#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Hamiltonian descent with two samples: the length of the field is a product of two means, which
/// one sample would estimate with a bias.
template <class T = double>
struct Shgd {
  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "shgd",
        .name = "Stochastic Hamiltonian gradient descent",
        .does =
            "Descends half the squared length of the field by an estimate without bias: the "
            "gradient on one sample, the Jacobian on another, and the two exchanged.",
        .paper = {"Loizou, Berard, Jolicoeur-Martineau, Vincent, Lacoste-Julien, Mitliagkas", 2020,
                  "Stochastic Hamiltonian Gradient Methods for Smooth Games", "arXiv:2007.04202"},
        .equations = {"d = 0.5*(Jt(w, 1)*F(w, 2) + Jt(w, 2)*F(w, 1))"},
        .calls = 2,
        .products = 2,
        .bilinear = "abs(1 - eta)",
        .draws = true,
        .halts = {{"shgd", "x: x^3/3 + x; y: y^2/2", {0, 0}}},
        .fails =
            "Is drawn to every critical point whatever its kind; with steps of a fixed size it "
            "wanders about it."};
  }

  static auto params() { return std::tuple{}; }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    const Sample first = sample_of(F), second = F.companion(first);
    return T(0.5) * (crossed(w, F, first, second) + crossed(w, F, second, first));
  }

 private:
  template <PointLike V>
  static V crossed(const V& w, Field<V>& F, Sample gradient, Sample jacobian) {
    const auto read = [&] {
      const Held<V> one(F, gradient);
      return F.at(w);
    };
    const V v = read();
    const Held<V> other(F, jacobian);
    return F.vjp(w, v);
  }
};

}  // namespace gyre
