#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gyre {

/// What a sweep is asked for, as it is typed or stands in a file; empty where nothing is said.
struct SweepWords {
  std::string game, preset, runs, keep, start, steps, seed, exit, engine;
  std::vector<std::string> rules, axes, draws, settings;

  /// What stands here goes before what stands there: words one by one, rules all together, axes,
  /// draws and settings by their names.
  void complete(const SweepWords& there);
};

nlohmann::ordered_json words_json(const SweepWords& words);
SweepWords words_of(const nlohmann::ordered_json& document);

/// Reads a TOML file: `game`, `rule`, `preset`, `runs`, `keep`, `start`, `steps`, `seed`, `exit`,
/// `engine`, and the tables `axes`, `draws` and `set`. `source` is its name in messages. Throws
/// Error with the line.
SweepWords sweep_toml(std::string_view text, const std::string& source);

/// Reads a sweep as Weights & Biases writes it: `method` (grid or random), `parameters` with
/// `value`, `values`, or `distribution`, `min`, `max`, `mu`, `sigma`, `q`, and `run_cap`. The
/// parameters `game`, `rule`, `steps`, `start` and `seed` are the words of those names. Throws
/// Error with the line.
SweepWords sweep_yaml(std::string_view text, const std::string& source);

}  // namespace gyre
