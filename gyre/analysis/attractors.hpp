#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "gyre/engine/swarm.hpp"

namespace gyre {

struct AttractorOptions {
  std::size_t pilots = 256;
  /// Of a pilot: several times as many as the lanes of the map will make finds slow cycles, too.
  std::uint64_t steps = 20'000;
  double settle = 1e-9;  ///< as in RunOptions
  double escape = 1e3;
  std::uint64_t seed = 1;  ///< of rules with chance in them
  std::size_t threads = 1;
  const Backend* backend = nullptr;
  const std::atomic<bool>* cancel = nullptr;  ///< set it to stop soon with what there is
};

/// What the lanes of a map end on. Pilots spread over the whole map are run and judged with care.
/// The points come first: those `known`, in their order, whether or not a pilot came there; then
/// those where pilots settled, from left to right, unless nearly every pilot settled somewhere
/// else, as on a line of equilibria. Cycles follow in the order of the pilots that found them, each
/// once, drawn by running the pilot on, if it then goes on following the cycle. A cycle to which
/// lanes do not come back that begin a little beside it is one of a family, as about a centre.
///
/// `map` must be all of the map, not a part of it: pilots are picked by number. Where lanes differ
/// in the rule's knobs, points are still shared, but cycles move with the knobs: one that moves by
/// more than run_swarm() allows for is found, and listed, several times. Where they differ in the
/// game's parameters, points move as well. Same map, same result.
Attractors find_attractors(const Traced& traced, const SwarmLanes& map,
                           std::span<const std::vector<double>> known,
                           const AttractorOptions& options = {});

}  // namespace gyre
