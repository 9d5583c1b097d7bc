#pragma once

#include <span>
#include <string>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// A critical point, as far as a comparison of rules looks at it.
struct Target {
  std::vector<double> at;
  PointClass kind = PointClass::kNone;
  bool sharp = true;  ///< the field grows in proportion to the distance: no slope of it vanishes

  bool is_solution() const { return kind != PointClass::kNone; }
};

/// What the runs of a game are measured to.
///
/// Where a field fades far out, as behind a bell curve, it is as short as one likes at places where
/// nothing is solved. Places beyond the region of the starts count only if no slope of the field
/// there is a trifle beside those at the starts.
class Targets {
 public:
  /// The points that the game states and those found from the starts, which mark the region.
  Targets(const Game& game, std::span<const std::vector<double>> starts);

  /// Adds the critical points that runs came to: those near these ends, and each end that is near
  /// none of them, as on a line of solutions, as it is.
  void add_ends(const Game& game, std::span<const std::vector<double>> ends);

  const std::vector<Target>& points() const { return points_; }

  /// The nearest point that is as near as standing still there can be told; else null.
  const Target* at(std::span<const double> place) const;
  /// Whether the place lies about the starts, and not far out.
  bool is_near_by(std::span<const double> place) const;

  bool has_solutions() const;
  /// What runs are to come to: the solutions; where none is known, any critical point.
  bool is_goal(const Target& target) const { return target.is_solution() || !has_solutions(); }
  /// The distance to the nearest goal; unknown where there is none.
  double distance(std::span<const double> place) const;

  /// Whether that distance says how far a run has come. It does not where no critical point is
  /// known, nor where a goal is not sharp: then the length of the field has to do.
  bool by_distance() const { return why_not().empty(); }
  /// Why not, in a clause; empty if it does.
  std::string why_not() const;

 private:
  void add(const Game& game, std::span<const std::vector<double>> points, bool stated);

  std::vector<Target> points_;
  std::vector<double> middle_, reach_;  ///< of the region, coordinate by coordinate
  double steepest_ = 0.0;               ///< slope of the field at the starts
};

}  // namespace gyre
