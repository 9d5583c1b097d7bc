#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "gyre/core/outcome.hpp"
#include "gyre/engine/swarm.hpp"
#include "gyre/sweep/plan.hpp"

namespace gyre {

/// What a run was still doing when its budget was spent: the engine calls growth divergence, and
/// says nothing about the rest but the rate, if that was kept.
enum class Trend : std::uint8_t { kNone, kGrowing, kShrinking };

/// How many runs of a sweep ended in one way.
struct SweepGroup {
  Verdict outcome = Verdict::kBudgetSpent;
  int attractor = kNoAttractor;  ///< where they ended, if that was kept
  Trend trend = Trend::kNone;
  std::uint64_t runs = 0;
  // Medians over the runs of which it is known; unknown where it was not kept.
  double steps = kUnknown, rate = kUnknown, period = kUnknown;
};

/// Of a run that made so many steps; the rate is unknown where none was kept.
Trend trend_of(const SweepPlan& plan, Verdict outcome, double steps, double rate);

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
