// The program gyre-gan: gyre hands over to it what needs tensors.
#include "cli/program.hpp"

int main(int count, char** words) {
  using namespace gyre::cli;
  static constexpr Verb kVerbs[] = {
      {"classify", "one network, one loss: where plain descent is fine, and what metrics look with",
       declare_classify},
      {"train", "let a rule train a GAN: losses, samples, modes found, checkpoints", declare_train},
      {"compare", "rules against each other on one GAN, for the same work", declare_compare_train},
      {"resume", "go on with a training that was interrupted, or for longer", declare_resume},
      {"sample", "what the generator of a training makes", declare_sample},
      {"evaluate", "how near samples come to the data: FID and its like, modes, coverage",
       declare_evaluate},
  };
  return run_program(kVerbs, "gyre starts this program by itself: 'gyre train ring8'.", count,
                     words);
}
