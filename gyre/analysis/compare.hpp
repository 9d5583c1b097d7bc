#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gyre/analysis/quartiles.hpp"
#include "gyre/analysis/targets.hpp"
#include "gyre/analysis/tune.hpp"
#include "gyre/core/outcome.hpp"
#include "gyre/games/game.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// What is asked: rules against each other on one game, from the same starts, for the same work.
struct Comparison {
  Game game;
  std::vector<Pipe> rules;
  std::vector<std::vector<double>> starts;
  std::vector<std::vector<double>> tuning_starts;  ///< none: rules keep the parameters they have
  std::uint64_t seed = 1;                          ///< that both kinds of starts were drawn with
  double calls = 10'000;    ///< the budget of a run, as work() charges it (work.hpp)
  double tolerance = 1e-6;  ///< what a run has to come to
  std::size_t threads = 1;  ///< 0: one for each core
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(double done)> progress;  ///< may be called from any thread, never from two
};

/// How a run ended, for a comparison. kSolved: within the tolerance of a solution to its end, or
/// settled at one. kElsewhere: standing still where no solution is known.
enum class Ending { kSolved, kElsewhere, kCycling, kDiverged, kSpent };
inline constexpr std::size_t kEndings = 5;
/// "solved", "elsewhere", "cycling", "diverged", "spent".
std::string_view to_string(Ending ending);

/// One rule from one start.
struct Trial {
  Ending ending = Ending::kSpent;
  Outcome outcome;
  double distance = kUnknown;  ///< to the nearest solution at the end; infinite if it ran away
  double residual = kUnknown;  ///< likewise
  double gap = kUnknown;       ///< likewise, where the game has one
  double calls = 0.0;          ///< work until its end
  double calls_to = 0.0;  ///< until it came within the tolerance of a goal and stayed; or infinite
};

/// A quantity as the work goes on: quartiles over the starts.
struct Curve {
  std::vector<double> calls;
  std::vector<Quartiles> values;
};

/// What came of one rule.
struct Contender {
  Pipe rule;  ///< as it ran: tuned, if it was
  std::vector<Trial> trials;
  std::array<std::size_t, kEndings> endings{};
  std::size_t arrived = 0;  ///< runs that came to a goal: those that solved it, where one can
  Quartiles distance, residual, gap;  ///< at the end; unknown where the game has none
  Quartiles calls_to;                 ///< over the runs that arrived
  Curve distance_curve, residual_curve, gap_curve;
  double work_a_step = 0.0;
  std::optional<Tuning> tuning;
  /// Of the wall clock, for one run of many that go side by side; the one thing that differs from
  /// run to run.
  double seconds_a_step = kUnknown;

  double share(Ending ending) const;
  /// Wall time until the tolerance, over the runs that arrived.
  Quartiles seconds_to() const;
};

/// A rule that is not in the ranking, and why.
struct LeftOut {
  Pipe rule;
  std::string why;
};

struct ComparisonResult {
  std::vector<Contender> ranking;  ///< the best first
  std::vector<LeftOut> left_out;
  Targets targets;
  bool gap = false;  ///< whether the duality gap, or exploitability, is finite and known exactly
  bool cancelled = false;
};

/// Whether `a` did better: more runs arrived; then fewer calls until then, by the median of those;
/// then fewer runs that ran away; then the smaller final distance, or residual where that is what
/// counts, by the median.
bool better(const Contender& a, const Contender& b, const Targets& targets);

/// Runs it all. Same comparison, same bits, for any number of threads, but for the seconds. Throws
/// Error if none of the rules is defined on the game.
ComparisonResult compare(const Comparison& comparison);

}  // namespace gyre
