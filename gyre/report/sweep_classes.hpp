#pragma once

#include <string>
#include <vector>

#include "gyre/plot/palette.hpp"
#include "gyre/sweep/summary.hpp"

namespace gyre::report {

/// Runs that a map shows in one hue.
struct SweepClass {
  std::string label;  ///< for the legend, with its share: "settles at (0, 0)  61.3 %"
  plot::Rgb color{};
  Verdict outcome = Verdict::kBudgetSpent;
  Trend trend = Trend::kNone;
  bool shaded = true;           ///< lighter where it was quick, darker where it was slow
  std::vector<int> attractors;  ///< those that it takes in
};

/// What became of the runs of a sweep, as few classes as people can tell apart: attractors one by
/// one, the largest first, the rest of them together, then what ended at none.
std::vector<SweepClass> sweep_classes(const SweepPlan& plan, const Attractors& attractors,
                                      const SweepSummary& summary);

/// Which class a run belongs to.
std::size_t class_of(const std::vector<SweepClass>& classes, Verdict outcome, int attractor,
                     Trend trend);

/// A class's colour for a run that took `share`, 0 to 1, of what its class takes.
plot::Rgb shade(const SweepClass& one, double share);

}  // namespace gyre::report
