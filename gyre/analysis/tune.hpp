#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "gyre/analysis/targets.hpp"
#include "gyre/program/trace.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// The budget of a tuning run, as a share of that of a run of the test.
inline constexpr double kTuningShare = 0.25;

/// What rules are tuned on.
struct TuningGround {
  const Targets& targets;
  const std::vector<std::vector<double>>& starts;  ///< others than those of the test
  double calls = 10'000;                           ///< the budget of each run
  double tolerance = 1e-6;
  std::size_t threads = 1;
  const std::atomic<bool>* cancel = nullptr;
};

/// How a rule came by its parameters.
struct Tuning {
  enum class By {
    kNothing,   ///< it has none to choose
    kSpectrum,  ///< the step size with the least spectral radius at a solution
    kOutcome    ///< the best of what was tried
  };

  By by = By::kNothing;
  Pipe rule;                     ///< with its new parameters
  std::optional<double> radius;  ///< predicted, where the spectrum decided
  std::size_t runs = 0;          ///< that were tried
  double calls = 0.0;            ///< work spent in them
};

/// Chooses a rule's parameters: its step size and the real numbers of its stages.
///
/// Where a solution is known and the rule has a slope there, the step size is the one with the
/// least spectral radius, unless another one solves more of the tuning starts. Otherwise it is the
/// one that does best from them: a grid over orders of magnitude, then ever finer ones about the
/// best place. Other parameters are tried on coarse grids, each together with the step size. All
/// tries of a grid run side by side; equals keep what they have.
Tuning tune(const Traced& traced, const Pipe& rule, const TuningGround& ground);

/// Hands a pipe's parameters to a program that was traced from a pipe of the same stages.
void set_knobs(Traced& traced, const Pipe& rule);

}  // namespace gyre
