#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "cli/compare_train_words.hpp"
#include "gyre/analysis/compare.hpp"

namespace gyre::cli {

/// The words of `gyre compare` as typed.
struct CompareWords {
  std::string game, rules, starts, calls, seed, threads, out, plot;
  std::vector<std::string> more_rules, settings;
  bool tune = false, no_save = false, force = false, json = false, quiet = false;

  CompareTrainWords train;  ///< if networks are to be trained, for which gyre-gan is

  void declare(CLI::App& words);
  /// Throws Error for words of games with --train, or of trainings without it.
  void check_training() const;
  /// What they ask for. Throws Error.
  Comparison comparison() const;
};

}  // namespace gyre::cli
