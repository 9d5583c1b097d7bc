#pragma once

#include <CLI/App.hpp>
#include <string>

namespace gyre::cli {

/// The words of `gyre classify` as typed. They are read by gyre, which shows their help, and again
/// by gyre-gan, which does the work.
struct ClassifyWords {
  std::string data, size, network = "book", rule, epochs, batch, seed, threads, out;
  bool force = false, json = false, quiet = false;

  void declare(CLI::App& words);
};

}  // namespace gyre::cli
