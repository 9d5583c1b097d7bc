#include "cli/words.hpp"
namespace gyre::cli {
Action declare_completion(CLI::App&) {
  return [](Command) { return kDone; };
}
}  // namespace gyre::cli
