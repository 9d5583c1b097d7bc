#include "cli/train_words.hpp"

#include "cli/words.hpp"

namespace gyre::cli {

void TrainWords::declare(CLI::App& words) {
  words.add_option("TRAINING", training, "a preset such as ring8, or a .toml file")
      ->type_name("TRAINING");
  option(words, "--rule", rule, "RULE", "learn by this rule; players are g and d");
  option(words, "--steps", steps, "N", "steps of the rule");
  option(words, "--batch", batch, "N", "samples in a look at the game");
  option(words, "--seed", seed, "N", "of first weights and all samples (1)");
  option(words, "--set", settings, "NAME=VALUE",
         "any other setting (--list names them): loss=hinge, r1=0.1, ema=0.999");
  option(words, "--device", device, "DEVICE", "cpu (as it is) or cuda");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-TRAINING-RULE)");
  flag(words, "--force", force, "replace what is in --out, if it is a run");
  flag(words, "--list", list, "show presets and all settings, or those of TRAINING; train nothing");
  flag(words, "--json", json, "print one JSON object (docs/train-json.md)");
  flag(words, "--quiet", quiet, "no progress, no messages");
  words.footer(
      "  gyre train ring8\n"
      "  gyre train --list\n"
      "  gyre train ring8 --rule 'adam | extragradient(eta=0.001)'\n"
      "  gyre train grid25 --set loss=relativistic --set r1=0.1 --set ema=0.999\n"
      "  gyre train pattern-1010 --steps 20000\n"
      "  gyre train mnist-conditional --out here");
}

void ResumeWords::declare(CLI::App& words) {
  words.add_option("FOLDER", folder, "the run folder of a training")->type_name("FOLDER");
  option(words, "--steps", steps, "N", "steps in all, if more than it was to make");
  option(words, "--device", device, "DEVICE", "cpu or cuda, if another than before");
  flag(words, "--json", json, "print one JSON object (docs/train-json.md)");
  flag(words, "--quiet", quiet, "no progress, no messages");
  words.footer(
      "  gyre resume runs/20260301T123005Z-ring8-adam-alternating\n"
      "  gyre resume here --steps 20000");
}

void SampleWords::declare(CLI::App& words) {
  words.add_option("FOLDER", folder, "the run folder of a training")->type_name("FOLDER");
  option(words, "--count", count, "N", "samples (1000; 100 on a sheet of pictures)");
  option(words, "--seed", seed, "N", "which ones: other numbers, other samples (1)");
  option(words, "--label", label, "CLASS",
         "of this class, by number, if the training is conditional");
  option(words, "--device", device, "DEVICE", "cpu or cuda, if another than in training");
  option(words, "--out", out, "FILE",
         "a picture as .png, a table as .npy or .csv (samples.npy in the folder)");
  flag(words, "--mean", mean, "from the running mean of the generator, if there is one");
  flag(words, "--force", force, "replace a file");
  flag(words, "--quiet", quiet, "no messages");
  words.footer(
      "  gyre sample here\n"
      "  gyre sample here --count 50000 --out samples.csv\n"
      "  gyre sample here --label 7 --out sevens.png");
}

}  // namespace gyre::cli
