#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gyre/core/outcome.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/program/backend.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

/// Stands for the seed, in place of SwarmOptions::seed: whole numbers below 2^52.
inline constexpr const char* kSeedKnob = "seed";

/// Very many lanes, made when their turn comes.
struct SwarmLanes {
  std::uint64_t first = 0;  ///< number of the first lane among all: it names what the lane draws
  std::size_t count = 0;
  /// In which lanes differ: "simultaneous.eta", game parameters, and kSeedKnob.
  std::vector<std::string> knobs;

  /// Puts coordinate i of the lanes [from, from + n) into `points[i][0...n)` and of the k-th knob
  /// into `values[k][0...n)`, `from` counted from `first`. Must depend on the lane alone; called
  /// from several threads at once, in any order and division.
  std::function<void(std::size_t from, std::size_t n, std::span<double* const> points,
                     std::span<double* const> values)>
      fill;
};

/// The lanes with these numbers, counted from `first`, as run() takes them.
Lanes written_out(const Traced& traced, const SwarmLanes& lanes,
                  std::span<const std::size_t> numbers);

/// Where lanes end: found once and shared by all.
struct Attractors {
  struct Cycle {
    /// In the order of time, at equal times, over one turn; not repeated at the end.
    std::vector<std::vector<double>> places;
    double period = kUnknown;  ///< steps a turn, of the lane on which it was found
    /// Whether lanes visit the stretches between the places too. A turn of two or three steps
    /// that always come to the same places has no such stretches.
    bool closed_curve = true;
  };

  std::vector<std::vector<double>> points;
  std::vector<Cycle> cycles;
  /// Closed paths that do not attract, as those about a centre: who is on one is cycling, but has
  /// no attractor.
  std::vector<Cycle> family;

  std::size_t size() const { return points.size() + cycles.size(); }
};

inline constexpr std::int16_t kNoAttractor = -1;

/// The index of the point where a lane that settled here is: the nearest, if that is within 1e-5 of
/// 1 + the length of the place; else kNoAttractor.
std::int16_t point_at(const Attractors& attractors, std::span<const double> place);

/// A box that a lane may leave: a low and a high end a coordinate; or a ball.
struct ExitRegion {
  std::vector<std::array<double, 2>> box;  ///< empty: the ball
  std::vector<double> centre;
  double radius = 0.0;
};

/// Which quantities are kept.
struct SwarmKeep {
  bool outcome = true, attractor = true, steps = true;
  bool rate = false, period = false, exit = false, last = false;
};

struct SwarmOptions {
  std::uint64_t steps = 10'000;  ///< at most 4294967294
  double settle = 1e-9;          ///< as in RunOptions
  double escape = 1e3;
  std::uint64_t seed = 1;                  ///< of rules with chance in them
  const Attractors* attractors = nullptr;  ///< null: none known
  std::optional<ExitRegion> exit;
  SwarmKeep keep;
  /// Judge what neither ended nor is on a known cycle nor plainly on its way to a known point, by
  /// running it once more under run()'s eyes. That is fifty times dearer a lane; without it, such
  /// lanes have spent their budget.
  bool judge = true;

  /// Lanes end when they have been on the same known cycle that attracts at three looks in a row,
  /// which are half a turn of the slowest one apart, 128 steps at least, and at most a quarter of
  /// the budget: `steps` says when, and `last` where. Otherwise they go on to the end of the
  /// budget, as in run().
  bool end_on_cycles = false;

  std::size_t threads = 1;           ///< 0: one for each core
  std::size_t block_lanes = 0;       ///< 0: what suits the cache. Changes no bit.
  const Backend* backend = nullptr;  ///< null: the interpreter

  const std::atomic<bool>* cancel = nullptr;  ///< set it to stop soon; what is there is incomplete
  std::function<void(double done)> progress;  ///< told now and then which share is done
};

inline constexpr std::uint32_t kNeverLeft = ~std::uint32_t{0};

/// One array for each quantity that is kept, one entry a lane; empty arrays for the others.
struct SwarmResult {
  std::vector<std::uint8_t> outcome;  ///< a Verdict
  /// The point where the lane settled, by its index (see point_at), or the cycle that it is on, by
  /// its index and the number of points; kNoAttractor if it is none of those.
  std::vector<std::int16_t> attractor;
  /// Made when the verdict fell. Lanes are looked at at each of the first 64 steps and then at
  /// every 16th.
  std::vector<std::uint32_t> steps;
  /// Factor a step on the length of the field, over the later half of the run at least, or, of
  /// lanes that were judged, on the distance. NaN where there is none.
  std::vector<float> rate;
  std::vector<float> period;        ///< steps a turn, of lanes that cycle; else NaN
  std::vector<std::uint32_t> exit;  ///< the first look that found it outside; or kNeverLeft
  std::vector<double> last;         ///< the reported point at the end: `dim` numbers a lane

  std::size_t judged = 0;  ///< lanes that run() had to judge
  double seconds = 0.0;
  bool cancelled = false;
};

/// Runs every lane to its end and keeps what was asked for. Verdicts are run()'s, with the same
/// looks at the same steps, and so are the last points, to the bit; but that
/// - a lane is cycling if it has lately been on a known cycle: at the last step, at the look before
///   it and at looks about 128 steps and an eighth of the run before it, each time within 2 % of
///   the cycle's half-width and what straight lines between its places leave out; if it has had
///   time for three turns; and, on a cycle of a family, if it hardly drifted from it meanwhile;
/// - the budget of a lane is spent if it was plainly closing in on a known point (see ClosingIn).
/// A lane that begins at a number that is none is not finite, in 0 steps.
///
/// Same lanes, same bits, for any number of threads, any block size, and however the lanes are
/// divided among calls. Needs memory for the outputs, for one block a thread, and 8 bytes for each
/// lane to be judged.
///
/// Throws Error for a knob that the rule and the game do not have, and for a budget or a region
/// that cannot be.
SwarmResult run_swarm(const Traced& traced, const SwarmLanes& lanes,
                      const SwarmOptions& options = {});

}  // namespace gyre
