#include "cli/evaluate_words.hpp"

#include "cli/words.hpp"

namespace gyre::cli {

void EvaluateWords::declare(CLI::App& words) {
  words
      .add_option("RUN|FILE.npy", what,
                  "the run folder of a training, or samples made elsewhere (with --data)")
      ->type_name("RUN|FILE.npy");
  option(words, "--data", data, "DATA", "what the samples of a file imitate");
  option(words, "--samples", samples, "N", "samples to make (10000)");
  option(words, "--real", real, "N", "samples of the data to compare with (as many)");
  option(words, "--extractor", extractor, "WHAT",
         "mnist, fashion-mnist, a .safetensors or TorchScript .pt file, or none");
  option(words, "--seed", seed, "N", "of the samples, real ones and directions (1)");
  flag(words, "--mean", mean, "from the running mean of the generator, if there is one");
  option(words, "--out", out, "FILE", "write the scores there (evaluation.json in the run)");
  flag(words, "--force", force, "replace what is in --out");
  flag(words, "--json", json, "print one JSON object (docs/evaluate-json.md)");
  flag(words, "--quiet", quiet, "no messages");
  words.footer(
      "  gyre evaluate runs/20260301T123005Z-ring8-adam-alternating\n"
      "  gyre evaluate here --samples 50000 --mean\n"
      "  gyre evaluate here --extractor inception.pt\n"
      "  gyre evaluate made.npy --data mnist");
}

}  // namespace gyre::cli
