#include "cli/verbs.hpp"

namespace gyre::cli {

std::span<const Verb> verbs() {
  static constexpr Verb kVerbs[] = {
      {"tour", "two players who never meet, on one page: what happens, why, and what helps",
       declare_tour},
      {"run", "let rules play a game: who settles, who cycles, who diverges", declare_run},
      {"advise", "which rule to use on a game, with which parameters, and the proof",
       declare_advise},
      {"analyze",
       "where a game's equilibria are, of what kind, and which rules settle there, how fast",
       declare_analyze},
      {"compare", "rules against each other on one game: who solves it, and what that costs",
       declare_compare},
      {"atlas", "every rule on every game: what was foretold, what was measured, on one page",
       declare_atlas},
      {"sweep", "maps of very many runs over starts, parameters and seeds", declare_sweep},
      {"classify", "one network, one loss: where plain descent is fine, and what metrics look with",
       declare_classify},
      {"train", "let a rule train a GAN: losses, samples, modes found, checkpoints", declare_train},
      {"resume", "go on with a training that was interrupted, or for longer", declare_resume},
      {"sample", "what the generator of a training makes", declare_sample},
      {"evaluate", "how near samples come to the data: FID and its like, modes, coverage",
       declare_evaluate},
      {"runs", "what was run: lists, one of them, several side by side", declare_runs},
      {"games", "the built-in games, and what is known about each", declare_games},
      {"rules", "the learning rules: equations, papers, costs, parameters", declare_rules},
      {"data", "data sets for networks: what there is, where to get it, what it looks like",
       declare_data},
      {"bench",
       "how fast this machine runs, beside steps written by hand and beside what others use",
       declare_bench},
      {"doctor", "what is installed, what is missing, and what to do", declare_doctor},
      {"completion", "a script that completes words in bash, zsh or fish", declare_completion},
  };
  return kVerbs;
}

}  // namespace gyre::cli
