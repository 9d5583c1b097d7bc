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

/// The z with z + eta F(z) = w in player p's block, the rest being `guess`'s: p's implicit step.
template <BlockPoint V>
V own_resolvent(const V& w, const V& guess, std::size_t p, const typename V::Scalar& eta,
                int newton, Field<V>& F) {
  V z = guess;
  for (int i = 0; i < newton; ++i) {
    const V off = part(p, z - w) + eta * F.at(z, static_cast<int>(p));
    const auto A = [&](const V& u) { return u + eta * part(p, F.jvp(z, part(p, u))); };
    z = on(p, F.project(z - F.solve(A, off)), z);
  }
  return z;
}

/// From `w` towards a half-space that holds the solutions, as seen from `ahead`, a projected step
/// gamma along v = F(w), where the field is f. The length is a square root although only its square
/// is used: at a solution it has no slope, and neither has the way.
template <InnerProductPoint V>
V to_half_space(const V& w, const V& ahead, const V& v, const V& f, const typename V::Scalar& gamma,
                const typename V::Scalar& lambda, const typename V::Scalar& delta) {
  using T = typename V::Scalar;
  const V u = ahead - w, d = u - gamma * (f - v);
  const T n = sqrt(dot(d, d)), alpha = delta / gamma + dot(u, d) / (n * n + T(1e-300));
  return w + (lambda * alpha) * d;
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
