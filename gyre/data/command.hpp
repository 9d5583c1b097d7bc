#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gyre {

/// What became of another program.
struct Ran {
  bool started = false;
  bool well = false;  ///< it ended with 0
  std::string said;   ///< on its two outputs
};

/// Runs a program of the PATH in a folder, without input, until it ends.
Ran run_command(const std::vector<std::string>& words, const std::filesystem::path& folder);

}  // namespace gyre
