#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "gyre/analysis/study.hpp"

namespace gyre::cli {

/// The words of `gyre run` as typed.
struct RunWords {
  std::string game, steps, calls, time, seed, record, format = "csv", out, plot, threads, engine;
  std::vector<std::string> rules, starts, settings;
  bool no_save = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
  /// What they ask for. Throws Error.
  Study study() const;
  /// What to draw: "svg", "png", "pdf", "terminal", "none", in any number.
  std::vector<std::string> pictures() const;
};

}  // namespace gyre::cli
