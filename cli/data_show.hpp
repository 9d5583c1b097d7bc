#pragma once

#include <string>

#include "cli/words.hpp"

namespace gyre::cli {

/// How data are shown, as typed; empty is not said.
struct ShowWords {
  std::string out, part, size, count, seed;
  bool replace = false;

  bool any() const { return !first().empty(); }
  /// An option that was given.
  std::string first() const;
};

void declare_show(CLI::App& words, ShowWords& typed);

/// Writes a picture of a data set, by name, or of a user's own, by path, and says what is on it.
int show_data(const std::string& what, const ShowWords& words, bool json);

}  // namespace gyre::cli
