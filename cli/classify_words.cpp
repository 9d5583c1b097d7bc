#include "cli/classify_words.hpp"

#include "cli/words.hpp"

namespace gyre::cli {

void ClassifyWords::declare(CLI::App& words) {
  words.add_option("DATA", data, "mnist, fashion-mnist, or a path to labelled pictures")
      ->type_name("DATA");
  option(words, "--size", size, "WxH", "cut and scale pictures; 32x32x1 makes them grey, too");
  option(words, "--network", network, "NETWORK",
         "book: 784-200-10 (the default); cnn; or layers: 'linear(64) | relu | linear'");
  option(words, "--epochs", epochs, "N", "times that all pictures are seen (3; 6 for cnn)");
  option(words, "--rule", rule, "RULE", "learn by this rule (adam, with ema for cnn)");
  option(words, "--batch", batch, "N", "pictures in a look at the loss (32; 64 for cnn)");
  option(words, "--seed", seed, "N", "of first weights and of the order of pictures (1)");
  option(words, "--threads", threads, "N",
         "part of what is computed: other numbers, other roundings (1)");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-classify-DATA-NETWORK)");
  flag(words, "--force", force, "replace what is in --out, if it is a run");
  flag(words, "--json", json, "print one JSON object (docs/classify-json.md)");
  flag(words, "--quiet", quiet, "no progress, no messages");
  words.footer(
      "  gyre classify mnist\n"
      "  gyre classify mnist --network cnn\n"
      "  gyre classify mnist --rule 'simultaneous(eta=0.1)'\n"
      "  gyre classify mine/ --network 'conv(16, 3, 2) | relu | linear' --epochs 10");
}

}  // namespace gyre::cli
