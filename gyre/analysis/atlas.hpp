#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/analysis/cycles.hpp"
#include "gyre/core/outcome.hpp"
#include "gyre/engine/path.hpp"
#include "gyre/games/game.hpp"
#include "gyre/rules/pipe.hpp"

/// The grid of rules and games, cell by cell, as data: what the spectrum of the update map
/// foretells at every critical point, what was measured, and whether the two agree.
namespace gyre {

struct AtlasRule {
  std::string name;  ///< as people ask for it
  Pipe pipe;
};

/// Every stage with its default parameters, then every alias that is a pipe of its own; none with
/// chance in it, for cells hold what is foretold against what one run does.
std::vector<AtlasRule> atlas_rules();

struct AtlasOptions {
  std::size_t starts = 16;       ///< spread over each game's region
  std::uint64_t steps = 10'000;  ///< at most, and at most twice as many field calls
  std::uint64_t seed = 1;        ///< of all starts
  bool limits = true;            ///< look for the limits of the step size, and for the best one
  bool tune = false;             ///< run at the best step size of the point that rules are to find
};

/// A critical point that rules are watched at.
struct AtlasPoint {
  std::vector<double> at;
  PointClass kind = PointClass::kNone;
  Flow flow = Flow::kCentre;
};

/// Whether standing there is an answer to the game: local Nash points and minimax points.
inline bool is_equilibrium(PointClass kind) { return kind != PointClass::kNone; }

/// A cycle that the flow is drawn to although no critical point lies on it.
struct AtlasCycle {
  double period = 0.0;
  std::vector<std::array<double, 2>> extent;
  std::vector<std::vector<double>> path;  ///< places along it, one after the other
};

/// What the spectrum says of a point; kSilent where there is none.
enum class Theory { kSilent, kAttracts, kNeutral, kRepels };
/// What runs do that begin right beside a point: kStays is neither nearer nor farther in the end.
enum class Beside { kComes, kStays, kLeaves };

/// One rule at one critical point.
struct AtPoint {
  Theory theory = Theory::kSilent;
  double radius = kUnknown;                          ///< predicted factor on the distance, a step
  double eta_from = kUnknown, eta_limit = kUnknown;  ///< step sizes between which it attracts
  double eta_best = kUnknown, radius_best = kUnknown;
  Beside beside = Beside::kStays;
  double rate = kUnknown;   ///< measured from beside it, where it comes nearer
  std::size_t arrived = 0;  ///< of the spread starts, those that settled here
};

/// What becomes of starts on an attracting cycle.
struct OnCycle {
  std::size_t caught = 0, settled = 0, diverged = 0, astray = 0;
};

/// Whether theory and measurement say the same of a cell, worst news first.
enum class Accord {
  kBeside,      ///< right beside a point, the rule does not do what the spectrum says
  kMissed,      ///< a point attracts, and no spread start comes to it
  kUnforetold,  ///< starts settle where no point should attract
  kRate,        ///< as foretold, but at another rate
  kAgree,
  kOpen,  ///< nothing to compare: no slope, no point of the list, or too slow to be seen
};

/// One rule on one game. Numbers that do not apply are kUnknown.
struct AtlasCell {
  std::string rule;       ///< its name
  std::string pipe;       ///< what ran, parameters included
  std::string undefined;  ///< why there is nothing to run; all that follows is then empty
  double calls_a_step = kUnknown;
  std::string silent;  ///< why the spectrum says nothing, where it says nothing anywhere
  std::vector<AtPoint> points;
  // Of the spread starts:
  std::size_t settled = 0, cycling = 0, diverged = 0, not_finite = 0, spent = 0;
  std::size_t elsewhere = 0;   ///< of those that settled: at no point of the list
  std::size_t equilibria = 0;  ///< of those elsewhere: at an equilibrium, as on a line of them
  double steps = kUnknown, calls = kUnknown;         ///< medians of those that settled
  double predicted = kUnknown, measured = kUnknown;  ///< factor a step at the point most found
  std::vector<OnCycle> cycles;
  Accord accord = Accord::kOpen;

  bool is_defined() const { return undefined.empty(); }
  std::size_t starts() const { return settled + cycling + diverged + not_finite + spent; }
};

/// Where one start went, for a figure.
struct AtlasDrawing {
  Path shape;   ///< the way from the start, as far as it goes in a few hundred places
  Path course;  ///< the whole run, thinned
};

/// What is foretold for the cell: the best that any point promises.
Theory theory_of(const AtlasCell& cell);
/// Of the spread starts, those that settled at an equilibrium.
std::size_t solved(const AtlasCell& cell, const std::vector<AtlasPoint>& points);
/// Of all starts on attracting cycles, those that are still there.
std::size_t caught(const AtlasCell& cell);
std::size_t on_cycles(const AtlasCell& cell);

std::string_view to_string(Theory theory);
std::string_view to_string(Beside beside);
std::string_view to_string(Accord accord);

/// A game with all that rules meet there.
class AtlasGround {
 public:
  /// `what` as load_game() takes it.
  AtlasGround(std::string what, const AtlasOptions& options);

  const Game& game() const { return game_; }
  const std::vector<AtlasPoint>& points() const { return points_; }
  const std::vector<AtlasCycle>& cycles() const { return cycles_; }

  /// One cell; several threads may ask at once. `drawn` takes the paths of the first few starts,
  /// and behind them one from the first cycle if there is one. A cell that was cancelled is good
  /// for nothing.
  AtlasCell cell(const AtlasRule& rule, std::vector<AtlasDrawing>* drawn = nullptr,
                 const std::atomic<bool>* cancel = nullptr) const;

 private:
  static constexpr std::size_t kBeside = 2, kOnCycle = 4;  ///< starts at each
  static constexpr double kNear = 1e-3;                    ///< how far beside a point

  void find_points();
  void find_the_cycles();
  void choose_starts();

  std::string what_;
  Game game_;
  AtlasOptions options_;
  std::vector<AtlasPoint> points_;
  std::vector<AtlasCycle> cycles_;
  std::vector<std::vector<double>> starts_;  ///< spread, beside points, on cycles
};

}  // namespace gyre
