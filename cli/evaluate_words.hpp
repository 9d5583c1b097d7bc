#pragma once

#include <CLI/App.hpp>
#include <string>

namespace gyre::cli {

/// The words of `gyre evaluate` as typed. They are read by gyre, which shows their help, and again
/// by gyre-gan, which does the work.
struct EvaluateWords {
  std::string what, data, samples, real, extractor, seed, out;
  bool mean = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
};

}  // namespace gyre::cli
