#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace gyre::cli {

/// The words of `gyre train`, `gyre resume` and `gyre sample` as typed. They are read by gyre,
/// which shows their help, and again by gyre-gan, which does the work.
struct TrainWords {
  std::string training, rule, steps, batch, seed, device, out;
  std::vector<std::string> settings;
  bool force = false, list = false, json = false, quiet = false;

  void declare(CLI::App& words);
};

struct ResumeWords {
  std::string folder, steps, device;
  bool json = false, quiet = false;

  void declare(CLI::App& words);
};

struct SampleWords {
  std::string folder, count, seed, label, device, out;
  bool mean = false, force = false, quiet = false;

  void declare(CLI::App& words);
};

}  // namespace gyre::cli
