#pragma once

#include <span>
#include <string>

#include "cli/run_words.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

/// What stands for the rules in a folder's name.
std::string rules_name(const Study& study);

/// Writes runs.csv, results.json and the trajectory.
void save_results(RunFolder& folder, const RunWords& words, const Study& study,
                  const StudyResult& result);

/// Draws the figures that were asked for.
void save_figures(RunFolder& folder, const RunWords& words, const Study& study,
                  const StudyResult& result);

/// Writes the manifest, which names all other files, and gives the folder its name.
std::filesystem::path save_manifest(RunFolder& folder, const RunWords& words, const Study& study,
                                    const StudyResult& result, const std::string& began,
                                    std::span<const std::string> command);

}  // namespace gyre::cli
