#pragma once

#include <array>
#include <string>
#include <vector>

#include "gyre/analysis/cycles.hpp"
#include "gyre/games/game.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::report {

/// A plane through a game's space: coordinates `x` and `y` vary, all others stay where `at` has
/// them. Of a game of two variables `at` may be empty.
struct Section {
  std::size_t x = 0, y = 1;
  std::vector<double> at = {};
};

/// A critical point, and what is known about it.
struct PhasePoint {
  std::vector<double> at;
  PointClass kind = PointClass::kNone;
  Flow flow = Flow::kCentre;
};

/// The path of a rule, as a list of points of the whole space.
struct PhasePath {
  std::string label;
  std::vector<std::vector<double>> points;
};

/// What a phase portrait shows besides the flow itself.
struct Portrait {
  std::array<std::array<double, 2>, 2> box;  ///< of the section's two coordinates
  Section section = {};
  std::vector<PhasePoint> points = {};
  std::vector<Cycle> cycles = {};
  std::vector<PhasePath> paths = {};
};

/// The flow of a game in the plane: streamlines coloured by speed; where either player stands
/// still; from two-variable saddles the paths that part the plane; cycles; critical points, filled
/// where they attract, their shape their class; paths of rules. Where the section leaves
/// coordinates out, the flow is that within the section, cycles are projected onto it, and
/// separatrices are not drawn.
plot::Figure phase_figure(const Game& game, const Portrait& portrait);

}  // namespace gyre::report
