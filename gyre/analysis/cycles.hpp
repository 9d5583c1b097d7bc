#pragma once

#include <array>
#include <atomic>
#include <complex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// What paths of the flow near a cycle do: all come to it, all leave it, those of one side come and
/// those of the other leave, or (beyond two variables) some directions come and others leave.
enum class CycleKind { kAttracting, kRepelling, kSemiStable, kSaddle };
std::string_view to_string(CycleKind k);

/// A closed path of the flow w' = -F(w) that stands alone: its neighbours are not closed.
struct Cycle {
  CycleKind kind = CycleKind::kAttracting;
  double period = 0.0;
  std::vector<double> at;                     ///< a point on it
  std::vector<std::array<double, 2>> extent;  ///< least and greatest value of every coordinate
  std::vector<double> around;                 ///< a critical point inside; else the middle
  double nearest = 0.0, farthest = 0.0;       ///< distance of the path from `around`
  /// By what small deviations are multiplied in one turn, largest first, the one along the path
  /// left out: one number in the plane.
  std::vector<std::complex<double>> multipliers;
  double residual = 0.0;  ///< how far from its beginning the path is after one turn
};

/// A critical point around which every path is closed, out to some distance.
struct ClosedOrbits {
  std::vector<double> around;
  double from = 0.0, to = 0.0;    ///< distances on the line along which closed ones were found
  bool to_the_edge = false;       ///< they go on to the edge of the box
  std::array<double, 2> periods;  ///< of the innermost and of the outermost that was followed
};

struct Cycles {
  std::vector<Cycle> cycles;          ///< about each point, from the inside out
  std::vector<ClosedOrbits> centres;  ///< "centre: every orbit is closed"
  std::string confidence;             ///< in words: what was looked for, and what may be missing
};

/// Closed paths of the flow that lie inside the box (a low and a high end a coordinate) and inside
/// the domain. `points` are the game's critical points there, as far as they are known.
///
/// In the plane every closed path winds about a critical point that is no saddle, and so crosses
/// any line from that point to the edge: starts along one such line are followed, forward and
/// backward, until they have wound about the point once, and where they come back to is solved for
/// the starts that come back to themselves. Beyond two variables, paths are followed from many
/// starts until they repeat themselves, and the nearest closed path is solved for: this finds what
/// attracts, forward or backward in time, and only by chance anything else.
///
/// Once `cancel` is set it returns soon, with what was found until then.
Cycles find_cycles(const Game& game, std::span<const std::array<double, 2>> box,
                   std::span<const std::vector<double>> points,
                   const std::atomic<bool>* cancel = nullptr);

}  // namespace gyre
