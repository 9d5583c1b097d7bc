#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gyre/jit/choose.hpp"
#include "gyre/sweep/plan.hpp"
#include "gyre/sweep/preset.hpp"
#include "gyre/sweep/words.hpp"

namespace gyre::cli {

/// The words of `gyre sweep` as typed: what is asked for, and what is done with it.
struct SweepTyped {
  SweepWords words;
  std::string out, resume, plot = "png", threads;
  bool no_save = false, force = false, mpi = false, json = false, quiet = false;

  void declare(CLI::App& words);
  /// Reads the file that stands in place of the game, or the words of the folder to go on with, and
  /// completes its own by them. Throws Error.
  void read_files();
  std::optional<Preset> preset() const;
  Engine engine() const;
  /// What the words ask for, arranged; the engine is not chosen yet.
  SweepPlan plan() const;
  /// Where the results go: --out, or a name in runs/ that stands for the plan.
  std::filesystem::path place(const SweepPlan& plan) const;
};

}  // namespace gyre::cli
