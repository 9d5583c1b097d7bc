#pragma once

#include <functional>
#include <string_view>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/constants.hpp"
#include "gyre/analysis/cycles.hpp"
#include "gyre/analysis/gap.hpp"
#include "gyre/analysis/measured_rate.hpp"
#include "gyre/analysis/search.hpp"
#include "gyre/analysis/step_sizes.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// What is asked about a game.
struct AnalysisWords {
  Game game;
  std::vector<Pipe> rules;
  SearchOptions search;
  bool cycles = true;                         ///< look for closed paths of the flow, too
  bool measure = true;                        ///< let the rules run near the points, too
  bool constants = true;                      ///< gaps and the field's constants, too
  std::size_t threads = 1;                    ///< 0: one for each core; changes no bit
  const std::atomic<bool>* cancel = nullptr;  ///< set it to stop soon with what there is
  std::function<void(double done)> progress;
};

/// A rule at a point: what its spectrum says, and what a run shows.
struct RuleAtPoint {
  std::size_t rule = 0;  ///< its place among the rules asked for
  std::optional<StepSizes> sizes;
  std::string why;  ///< why there are none: a clause for people
  MeasuredRate measured;
};

struct PointAnalysis {
  FoundPoint found;
  PointReport report;
  bool smooth = true;            ///< else there are no slopes here, and no report
  std::optional<double> payoff;  ///< of a zero-sum game
  std::vector<double> losses;    ///< every player's
  /// What the gradient flow does across a line or surface of points; elsewhere as the report says.
  Flow across = Flow::kCentre;
  bool whole_spectrum = true;         ///< else the report has only the ends of it
  std::optional<Gap> gap;             ///< where it was looked for
  std::optional<Extreme> weak_minty;  ///< on the box, of points that stand alone and free of walls
  double rotation = kUnknown;         ///< the largest |Im|/|Re| of the eigenvalues; may be infinite
  bool held = false;               ///< by walls, simplices or spheres: the bare field is not zero
  std::vector<RuleAtPoint> rules;  ///< without those that the game refuses
};

struct Analysis {
  SearchResult search;
  std::vector<PointAnalysis> points;
  /// Why a rule is not defined on this game, one text a rule; empty where it is.
  std::vector<std::string> refused;
  bool has_cases = false;               ///< the field bends or jumps: between jumps holds the rest
  std::optional<FieldConstants> field;  ///< on the box
  std::string field_why;                ///< why there are none: a sentence for people
  std::string gap_why;                  ///< why there are no gaps: the same
  std::vector<double> work;             ///< what a step is charged, one a rule; see work.hpp
  Cycles cycles;
  bool cycles_known = false;  ///< whether they were looked for, to the end
  bool cancelled = false;
};

/// Whether weak Minty solutions are enough for extragradient with two step sizes: rho > -1/(2L).
bool is_enough(const Extreme& weak_minty, const FieldConstants& field);

/// All of it. Same words, same bits. Throws Error as search_points() does.
Analysis analyze(const AnalysisWords& words);

/// "nash", "degenerate-nash", "minimax", "non-nash-attractor" or "none": what a point is to the
/// players, and where it is nothing to them, whether their gradient steps settle there all the
/// same.
std::string_view class_name(const PointReport& report);

}  // namespace gyre
