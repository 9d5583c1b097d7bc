#pragma once

#include <CLI/App.hpp>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "gyre/analysis/analyze.hpp"

namespace gyre::cli {

/// The words of `gyre analyze` as typed.
struct AnalyzeWords {
  std::string game, which, seed, out, plot, section, threads;
  std::vector<std::string> rules, box, settings;
  bool no_constants = false, no_save = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
  /// What they ask for. Throws Error.
  AnalysisWords analysis() const;
  /// The two coordinates that --section names, if it was given. Throws Error.
  std::optional<std::array<std::size_t, 2>> section_in(const Game& of) const;
};

/// The box that `--box x=-3:3,y=-2:2` or `--box -3:3` asks for, repeated or not; sides that nobody
/// names are those of default_box(). `option` is what messages call it.
Box box_of(const std::vector<std::string>& typed, const Game& game,
           const std::string& option = "--box");

}  // namespace gyre::cli
