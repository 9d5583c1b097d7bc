#pragma once

#include <filesystem>
#include <string>

#include "gyre/sweep/folder.hpp"
#include "gyre/sweep/summary.hpp"
#include "gyre/sweep/words.hpp"

namespace gyre::cli {

/// When and how a sweep was computed: what may differ between two that found the same.
struct SweepTimes {
  std::string began;
  double seconds = 0.0;
  int ranks = 1;
  std::size_t threads = 0;
  std::uint64_t tiles = 0, kept = 0;  ///< kept: were there already
};

/// Writes results.json, the maps of these kinds, times.json and the manifest into the unfinished
/// folder. What could not be drawn is told in the result, and is no reason to lose the numbers.
std::string save_sweep(const std::filesystem::path& folder, const SweepPlan& plan,
                       const SweepWords& words, const Attractors& attractors,
                       const SweepSummary& summary, const SweepTimes& times,
                       const std::vector<std::string>& pictures);

}  // namespace gyre::cli
