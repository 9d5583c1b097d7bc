#pragma once

#include <atomic>
#include <functional>

#include "gyre/engine/swarm.hpp"
#include "gyre/sweep/folder.hpp"
#include "gyre/sweep/lanes.hpp"
#include "gyre/sweep/plan.hpp"
#include "gyre/sweep/ranks.hpp"

namespace gyre {

struct SweepOptions {
  std::size_t threads = 0;           ///< of this process; 0: one for each core. Changes no bit.
  const Backend* backend = nullptr;  ///< null: the interpreter
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(double done)> progress;  ///< over all processes
};

/// The tiles of a sweep, computed and written by this process and those beside it.
struct SweepWork {
  std::uint64_t todo = 0;  ///< tiles that were missing at the beginning
  bool cancelled = false;  ///< ... and some still are
};

/// Where runs of this sweep end: found once, for all. Cycles are named only where nothing moves a
/// number of the rule, and the cycles with it. Empty where nothing is kept that needs them,
/// and where an axis or draw moves a parameter of the game and the attractors with it.
Attractors sweep_attractors(const SweepPlan& plan, SweepLanes& lanes, const SweepOptions& options);

/// Whether attractors stay where they are all over the sweep.
bool attractors_stay(const SweepPlan& plan);

/// Computes the tiles in `todo` that no other thread or process takes, and writes each at its
/// offset and then into this rank's journal in the folder. All ranks must call it with the same
/// arguments. Throws what went wrong here; the others then stop soon, too.
SweepWork run_tiles(const SweepPlan& plan, SweepLanes& lanes, const Attractors& attractors,
                    std::span<const std::uint64_t> todo, const std::filesystem::path& unfinished,
                    Ranks& ranks, const SweepOptions& options);

}  // namespace gyre
