#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gyre/analysis/analyze.hpp"
#include "gyre/analysis/compare.hpp"

namespace gyre {

/// What is asked for advice on.
struct AdviceWords {
  Game game;
  std::vector<Pipe> rules;  ///< to choose among
  SearchOptions search;     ///< where equilibria are looked for; its seed draws all starts, too
  std::size_t starts = 24;  ///< of the trial; the proof takes as many new ones
  double calls = 10'000;    ///< the budget of a run, as work() charges it
  std::size_t threads = 1;  ///< 0: one for each core; changes no bit
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(double done)> progress;
};

/// A rule with the parameters that are advised, what it should do and what it then did.
struct Recommendation {
  Pipe rule;
  std::size_t point = 0;         ///< of the analysis: where it is to go
  double predicted = kUnknown;   ///< factor on the distance there, a step; unknown without a slope
  double eta_limit = kUnknown;   ///< no step size from here on; see StepSizes
  std::optional<Tuning> tuning;  ///< how it came by its parameters
  /// The proof: from starts that had no part in the choice.
  Contender shown;
  double measured = kUnknown;  ///< factor on the distance, a step: the median over those that came
};

/// Why a rule is advised against.
enum class Objection {
  kRepelled,   ///< there is no step size with which an equilibrium attracts it
  kRunsAway,   ///< most runs diverge, with the best parameters that were found
  kCircles,    ///< most runs end on cycles
  kStrays,     ///< most runs stand still where no equilibrium is
  kTooSlow,    ///< most runs are not there when the budget is spent
  kUndefined,  ///< not defined on this game
};

/// "repelled", "diverges", "cycles", "strays", "slow", "undefined".
std::string_view to_string(Objection objection);

struct Warning {
  Pipe rule;
  Objection objection = Objection::kRepelled;
  std::string why;     ///< of kUndefined
  double share = 0.0;  ///< of the runs, for which this holds
};

struct Advice {
  Analysis analysis;
  /// Points that are worth arriving at: the equilibria; where there are none, the points that
  /// gradient steps settle at, or else all.
  std::vector<std::size_t> goals;
  bool equilibria = false;       ///< whether the goals are such
  std::vector<Contender> trial;  ///< the rules that were worth a trial, tuned, the best first
  std::optional<Recommendation> best;
  /// The best that asks for nothing but gradients, if `best` asks for more.
  std::optional<Recommendation> plain;
  std::vector<Warning> warnings;  ///< of the rules that people would try first
  bool cancelled = false;
};

/// Looks at a game, tries the rules that its spectra promise most of, each tuned, and proves the
/// choice from new starts. Same words, same bits. Rules that are drafts are not recommended.
Advice advise(const AdviceWords& words);

/// Whether all eigenvalues of the Jacobian are zero at a point: rates then say nothing of it.
bool is_flat(const PointAnalysis& point);

/// Paragraphs for people, each with a heading.
struct AdviceSection {
  std::string heading;
  std::vector<std::string> paragraphs;
};
std::vector<AdviceSection> advice_sections(const AdviceWords& words, const Advice& advice);

}  // namespace gyre
