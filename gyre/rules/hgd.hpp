#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Descends half the squared length of the field and nothing else.
template <class T = double>
struct Hgd {
  static constexpr StageKind kind = StageKind::kField;

  static RuleFacts facts() {
    return {
        .id = "hgd",
        .name = "Hamiltonian gradient descent",
        .does = "Forgets the losses and descends half the squared length of the field.",
        .paper = {"Abernethy, Lai, Wibisono", 2021,
                  "Last-iterate convergence rates for min-max optimization", "arXiv:1906.02027"},
        .equations = {"d = Jt(w)*F(w)"},
        .calls = 1,
        .products = 1,
        .bilinear = "abs(1 - eta)",
        .halts = {{"hgd", "x: x^3/3 + x; y: y^2/2", {0, 0}}},
        .fails =
            "Is drawn to every critical point whatever its kind, and may rest where the "
            "field is short but not zero.",
        .maturity = Maturity::kReproduced};
  }

  static auto params() { return std::tuple{}; }

  template <PointLike V>
  V at(const V& w, Field<V>& F, int) const {
    return F.vjp(w, F.at(w));
  }
};

}  // namespace gyre
