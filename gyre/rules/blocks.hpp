#pragma once

#include <utility>

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Player p's block of a point, and zeros elsewhere.
template <BlockPoint V>
V part(std::size_t p, const V& a) {
  return on(p, a, a - a);
}

/// Made one long; zero stays zero.
template <InnerProductPoint V>
V unit(const V& a) {
  using T = typename V::Scalar;
  return (T(1.0) / (sqrt(dot(a, a)) + T(1e-300))) * a;
}

/// Who leads and who follows, of two players.
inline std::pair<std::size_t, std::size_t> two(const Order& order) {
  if (order.players.empty()) return {0, 1};
  return {order.players[0], order.players[1]};
}

/// The u with J_pp u + lambda u = b within player p's block, and u = b elsewhere.
template <BlockPoint V>
V solve_own(const V& w, std::size_t p, const typename V::Scalar& lambda, const V& b, Field<V>& F) {
  return F.solve(
      [&](const V& u) {
        const V own = part(p, u);
        return on(p, F.jvp(w, own) + lambda * own, u);
      },
      b);
}

/// The mixes `w` after weights fall by the exponential of `costs`. What all strategies of a mix
/// cost makes no difference, so the cheapest counts as free and nothing overflows.
template <ElementwisePoint V>
V reweighed(const V& w, const V& costs, const Field<V>& F) {
  const V cheapest = F.corner(costs);
  const V least = div(F.total(mul(cheapest, costs)), F.total(cheapest));
  return F.share(mul(w, exp(least - costs)));
}

/// The z with z + eta F(z) = w, by `newton` Newton steps from `guess`.
template <PointLike V>
V resolvent(const V& w, const V& guess, const typename V::Scalar& eta, int newton, Field<V>& F) {
  V z = guess;
  for (int i = 0; i < newton; ++i) {
    const V off = z - w + eta * F.at(z);
    z = F.project(z - F.solve([&](const V& u) { return u + eta * F.jvp(z, u); }, off));
  }
  return z;
}

}  // namespace gyre
