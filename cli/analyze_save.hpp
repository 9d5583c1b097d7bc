#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "cli/analyze_words.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

/// Numbers: analysis.json, what `--json` prints.
void save_analysis(RunFolder& folder, const AnalysisWords& words, const Analysis& analysis);

/// Figures, as --plot asks.
void save_analysis_figures(RunFolder& folder, const AnalyzeWords& typed, const AnalysisWords& words,
                           const Analysis& analysis);

/// manifest.json, and with it the folder gets its name, which is the answer.
std::filesystem::path save_analysis_manifest(RunFolder& folder, const AnalysisWords& words,
                                             const Analysis& analysis, const std::string& began,
                                             std::span<const std::string> command);

}  // namespace gyre::cli
