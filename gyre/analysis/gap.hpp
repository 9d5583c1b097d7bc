#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

class BestReply;

/// What players could still gain at a point, each alone: the duality gap of a zero-sum game,
/// NashConv or exploitability of any other. Zero at Nash equilibria, local ones not included, and
/// nowhere else.
struct Gap {
  double value = 0.0;         ///< the sum of the gains; infinite where one of them is
  std::vector<double> gains;  ///< l_i(w) - min l_i over the player's own variables, a player
  /// Whether each minimum is known in closed form; else the gap may be larger, if a deeper valley
  /// was missed.
  bool exact = true;
  std::string about;  ///< how it was found, in words
};

/// Measures the gap of one game at any number of points, with the parameters as they are now.
///
/// In closed form: losses that are linear in the player's own variables, on boxes, simplices and
/// balls; quadratic ones where the player is free or has one variable. Else by scan (one variable)
/// or by projected descent from many starts. A loss counts as unbounded if it is still falling, far
/// out, as fast as a logarithm.
class GapMeter {
 public:
  /// The game must outlive it.
  explicit GapMeter(const Game& game);
  GapMeter(const GapMeter&) = delete;
  GapMeter& operator=(const GapMeter&) = delete;
  ~GapMeter();

  /// `at` in the domain.
  Gap at(std::span<const double> at);

 private:
  const Game& game_;
  std::vector<std::unique_ptr<BestReply>> replies_;
};

Gap duality_gap(const Game& game, std::span<const double> at);

}  // namespace gyre
