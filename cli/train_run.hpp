#pragma once

#include <string>
#include <vector>

#include "cli/verbs.hpp"
#include "gyre/gan/training.hpp"

namespace gyre::cli {

/// What `gyre train` and `gyre resume` have in common: trains to the end or to Ctrl-C, with a
/// progress line, then writes figures and manifest and says what came out.
struct TrainRun {
  gan::Settings settings;
  gan::TrainingFolder folder;
  std::vector<gan::Row> rows;  ///< of what was trained before
  bool json = false, quiet = false;
};

int run_training(gan::Trainer& trainer, TrainRun run, Command command);

}  // namespace gyre::cli
