#include "cli/compare_train_words.hpp"

#include "cli/words.hpp"

namespace gyre::cli {

void CompareTrainWords::declare_own(CLI::App& words) {
  option(words, "--train", training, "TRAINING",
         "train networks: a preset such as ring8, or a file");
  option(words, "--seeds", seeds, "N", "with --train: so many trainings for each rule (3)");
  option(words, "--steps", steps, "N", "with --train: the budget of a training in field calls");
  option(words, "--jobs", jobs, "N", "with --train: so many trainings at once (1)");
}

void CompareTrainWords::declare(CLI::App& words) {
  declare_own(words);
  option(words, "--rules", rules, "LIST", "rules between commas, 'preset' for the preset's own");
  option(words, "--rule", more_rules, "RULE", "one rule more; repeat it");
  option(words, "--seed", seed, "N", "the first seed (1)");
  option(words, "--set", settings, "NAME=VALUE", "a setting of the training");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-TRAINING-compare-train)");
  flag(words, "--force", force, "replace that folder if it holds a run");
  flag(words, "--json", json, "print one JSON object (docs/compare-train-json.md)");
  flag(words, "--quiet", quiet, "no messages and no progress");
  words.footer(
      "  gyre compare --train ring8 --seeds 5 --jobs 2 \\\n"
      "    --rules 'preset, adam | extragradient(eta=0.001)'");
}

}  // namespace gyre::cli
