#pragma once

#include <complex>
#include <span>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// What a game looks like to second order around a point.
struct PointReport {
  std::vector<double> field;  ///< each player's gradient of its own loss
  double residual =
      0.0;  ///< the length of the field, or at walls of w - P(w - F(w)): 0 at a solution
  PointClass kind = PointClass::kNone;
  Flow flow = Flow::kCentre;
  std::vector<std::complex<double>> eigenvalues;  ///< of the game Jacobian, by real part
  std::vector<double> jacobian;                   ///< of the field, row by row
  /// The eigenvalues of each player's Hessian of its own loss in its own variables, rising.
  std::vector<std::vector<double>> curvatures;
  /// The eigenvalues of f_xx - f_xy f_yy^-1 f_yx, rising; of a zero-sum game for two whose f_yy can
  /// be inverted, else empty. x is the minimiser, wherever the text puts it.
  std::vector<double> schur;
};

/// Looks at a point with the game's parameters as they are now. Numbers count as zero that are
/// smaller than `tolerance` times the largest entry of the Jacobian. The class and the flow say
/// something about play only where the residual is zero.
///
/// kNash: every player's own Hessian is positive definite. kDegenerateNash: all are positive
/// semidefinite. kMinimax: neither, but f_yy is negative definite and the Schur complement positive
/// definite, so that x, moving first, is at a local minimum of what y leaves it.
///
/// Where walls, simplices or spheres hold players back, eigenvalues and curvatures are those along
/// the directions that are left (see tangent.hpp): none at all for a pure strategy that nothing
/// else equals, which is then a Nash point.
PointReport classify(const Game& game, std::span<const double> at, double tolerance = 1e-9);

/// What a flow does whose game Jacobian has these eigenvalues; those up to `zero` count as zero.
Flow flow_of(std::span<const std::complex<double>> eigenvalues, double zero);

}  // namespace gyre
