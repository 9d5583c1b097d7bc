#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "gyre/analysis/analyze.hpp"

namespace gyre::cli {

/// The words of `gyre analyze` as typed.
struct AnalyzeWords {
  std::string game, which, seed, out, threads;
  std::vector<std::string> rules, box, settings;
  bool no_save = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
  /// What they ask for. Throws Error.
  AnalysisWords analysis() const;
};

/// The box that `--box x=-3:3,y=-2:2` or `--box -3:3` asks for, repeated or not; sides that nobody
/// names are those of default_box().
Box box_of(const std::vector<std::string>& typed, const Game& game);

}  // namespace gyre::cli
