#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gyre/engine/run.hpp"
#include "gyre/games/game.hpp"
#include "gyre/jit/choose.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// What is asked: every rule from every start of one game.
struct Study {
  Game game;
  std::vector<Pipe> rules;
  std::vector<std::vector<double>> starts;
  std::uint64_t seed = 1;          ///< that random starts were drawn with
  std::uint64_t record_every = 0;  ///< keep every so many-th point; 0 keeps none
  Engine engine = Engine::kAuto;   ///< chosen for each rule; `options.backend`, if set, is taken
  RunOptions options;              ///< `references` are found if empty; budgets hold for each rule
};

/// What came of one rule from one start.
struct StudyRun {
  std::size_t rule = 0, start = 0;  ///< places in the study
  Outcome outcome;
  std::optional<double> predicted_rate;  ///< at the critical point that the run is measured to
  Recording recording;                   ///< empty if nothing was to be kept
};

struct StudyResult {
  std::vector<StudyRun> runs;  ///< rule by rule, in each start by start; fewer if cancelled
  std::vector<std::vector<double>> references;  ///< critical points that distances are taken to
  std::vector<std::string> engines;             ///< what each rule ran on: engine_name()
  double seconds = 0.0;
  bool cancelled = false;
};

/// Runs it all. Same study, same bits, for any number of threads; only `seconds` differs.
StudyResult run_study(const Study& study);

/// How often to record so that a table of all runs stays small enough to open: 1, 2, 5, 10, ...
/// for at most 10,000 points a run, fewer for many runs; 0, never, for very many.
std::uint64_t modest_recording(std::uint64_t steps, std::size_t runs);

}  // namespace gyre
