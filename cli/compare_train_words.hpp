#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace gyre::cli {

/// The words of `gyre compare --train` as typed.
struct CompareTrainWords {
  std::string training, rules, seeds, seed, steps, jobs, out;
  std::vector<std::string> more_rules, settings;
  bool force = false, json = false, quiet = false;

  /// Those that comparisons of games do not have.
  void declare_own(CLI::App& words);
  /// All of them.
  void declare(CLI::App& words);
};

}  // namespace gyre::cli
