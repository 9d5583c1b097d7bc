#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "gyre/core/outcome.hpp"
#include "gyre/engine/swarm.hpp"
#include "gyre/sweep/plan.hpp"

namespace gyre {

/// How many runs of a sweep ended in one way.
struct SweepGroup {
  Verdict outcome = Verdict::kBudgetSpent;
  int attractor = kNoAttractor;  ///< where they ended, if that was kept
  /// Whether they diverged only in that they were still growing when the budget was spent, as far
  /// as steps were kept.
  bool growing = false;
  std::uint64_t runs = 0;
  // Medians over the runs of which it is known; unknown where it was not kept.
  double steps = kUnknown, rate = kUnknown, period = kUnknown;
};

/// Whether a run diverged only in that it was still growing at the end.
bool is_growing(const SweepPlan& plan, Verdict outcome, double steps);

struct SweepSummary {
  std::uint64_t runs = 0;
  std::vector<SweepGroup> groups;  ///< by outcome, in each the largest first
};

/// Reads it from the folder's arrays, piece by piece; `outcome` must be kept.
SweepSummary summarise(const SweepPlan& plan, const std::filesystem::path& folder);

/// What `gyre sweep --json` prints and results.json holds.
nlohmann::ordered_json sweep_json(const SweepPlan& plan, const Attractors& attractors,
                                  const SweepSummary& summary);
nlohmann::ordered_json attractors_json(const Attractors& attractors);
nlohmann::ordered_json family_json(const Attractors& attractors);
/// Back from the two lists, with all digits.
Attractors attractors_of(const nlohmann::ordered_json& list, const nlohmann::ordered_json& family);

}  // namespace gyre
