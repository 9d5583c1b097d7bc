#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gyre/analysis/linearised.hpp"
#include "gyre/games/game.hpp"

namespace gyre {

/// Where Newton's steps came to rest, and what is left there of the residual.
struct Root {
  std::vector<double> at;
  double residual = 0.0;
};

/// Solves for what stands still at a solution: the field, or where walls or simplices hold players
/// back what of a step is left after projection. Newton's steps on that are semismooth ones.
class RootFinder {
 public:
  explicit RootFinder(const Game& game);

  /// Levenberg and Marquardt on half the squared residual, ending in plain Newton steps. Nothing
  /// where the residual is not finite on the way.
  std::optional<Root> from(std::span<const double> guess);

  /// Whether the residual vanishes at a root only to jump beside it, as at the kink of a loss: then
  /// nothing comes to rest there.
  bool jumps_at(std::span<const double> root);

  /// The residual's Jacobian, after a look at a place.
  const Eigen::MatrixXd& jacobian_at(std::span<const double> at);

 private:
  std::vector<double> parameters_;
  Linearised field_;
};

/// Games of more coordinates are not solved by dense Newton steps.
inline constexpr std::size_t kLargestSolved = 128;

}  // namespace gyre
