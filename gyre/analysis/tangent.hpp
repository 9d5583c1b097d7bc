#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// Where players are free to go from a point of the domain, to first order: every direction of a
/// free coordinate, none that a wall holds back, along a simplex's face but not out of its plane,
/// along a sphere that is pushed against.
struct Tangent {
  std::vector<Eigen::MatrixXd> basis;  ///< one a player: dim x its freedom, orthonormal columns
  /// To be added to the Jacobian's diagonal: moving along a sphere bends the way, and what pushes
  /// outward then counts as curvature.
  Eigen::VectorXd bend;

  /// All players' bases side by side.
  Eigen::MatrixXd all() const;
};

/// `field` is the bare field at the point. A coordinate at a wall, or an unused share of a
/// simplex, is held when the field pushes against it; where nothing pushes it counts as free.
Tangent tangent_at(const Game& game, std::span<const double> at, const Eigen::VectorXd& field);

/// The length of w - P(w - F(w)), with P onto the domain: zero at solutions and nowhere else.
double projected_residual(const Game& game, std::span<const double> at,
                          const Eigen::VectorXd& field);

}  // namespace gyre
