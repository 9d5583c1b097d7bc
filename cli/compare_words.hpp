#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "gyre/analysis/compare.hpp"

namespace gyre::cli {

/// The words of `gyre compare` as typed.
struct CompareWords {
  std::string game, rules, starts, calls, seed, threads, out, plot;
  std::vector<std::string> more_rules, settings;
  bool tune = false, no_save = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
  /// What they ask for. Throws Error.
  Comparison comparison() const;
};

}  // namespace gyre::cli
