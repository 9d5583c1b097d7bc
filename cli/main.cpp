// The program gyre.
#include "cli/program.hpp"

int main(int count, char** words) {
  return gyre::cli::run_program(
      gyre::cli::verbs(),
      "To begin with:\n"
      "  gyre run 'min x max y: x*y'                       plain gradient steps run away\n"
      "  gyre run 'min x max y: x*y' --rule extragradient  one look ahead, and they settle\n"
      "  gyre advise 'min x max y: x*y'                    which rule to use, and the proof\n"
      "  gyre games                                        what else there is to play",
      count, words);
}
