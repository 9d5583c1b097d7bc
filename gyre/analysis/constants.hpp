#pragma once

#include <array>
#include <atomic>
#include <optional>
#include <span>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// An extreme value over a box, and where it is taken.
struct Extreme {
  double value = 0.0;
  std::vector<double> at;
};

/// What theorems ask of a field F on a box, which must be finite. Values come from a grid (beyond
/// two variables: from random places) and a search from its best places; the true extremes are at
/// least as extreme. Nothing where the field has no finite slopes, or once `cancel` is set.
struct FieldConstants {
  /// The greatest length that the Jacobian gives a direction: F is this much Lipschitz.
  Extreme lipschitz;
  /// The least eigenvalue of (J + J')/2: F is monotone if it is not negative, strongly so if
  /// positive.
  Extreme monotonicity;
};
std::optional<FieldConstants> field_constants(const Game& game,
                                              std::span<const std::array<double, 2>> box,
                                              const std::atomic<bool>* cancel = nullptr);

/// The greatest rho with <F(w), w - solution> >= rho |F(w)|^2 in the whole box: the weak Minty
/// constant (Diakonikolas, Daskalakis, Jordan 2021). Extragradient with two step sizes converges
/// for rho > -1/(2L). Minus infinity if F vanishes at another place where the left side is negative
/// nearby. Nothing for games on simplices or balls, whose fields do not vanish at solutions.
std::optional<Extreme> weak_minty(const Game& game, std::span<const std::array<double, 2>> box,
                                  std::span<const double> solution,
                                  const std::atomic<bool>* cancel = nullptr);

/// How much a game turns at a point, instead of descending.
struct Rotation {
  /// The antisymmetric part's share of the Jacobian, both as Frobenius norms: 0 where all descend
  /// one potential, 1 where they only turn.
  double share = 0.0;
  /// The greatest |imaginary part| / |eigenvalue|.
  double of_eigenvalues = 0.0;
};
Rotation rotation_at(const Game& game, std::span<const double> at);

}  // namespace gyre
