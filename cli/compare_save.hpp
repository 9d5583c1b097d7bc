#pragma once

#include <span>
#include <string>
#include <vector>

#include "gyre/analysis/compare.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

/// Writes comparison.csv, runs.csv, curves.csv and comparison.json, which are the same whenever the
/// comparison is done again, and times.csv, which is not.
void save_comparison(RunFolder& folder, const Comparison& comparison,
                     const ComparisonResult& result);

/// Draws the figures as each of these kinds of file.
void save_comparison_figures(RunFolder& folder, const Comparison& comparison,
                             const ComparisonResult& result, const std::vector<std::string>& kinds);

/// Writes the manifest, which names all other files, and gives the folder its name.
std::filesystem::path save_comparison_manifest(RunFolder& folder, const Comparison& comparison,
                                               const ComparisonResult& result,
                                               const std::string& began,
                                               std::span<const std::string> command);

}  // namespace gyre::cli
