#include "cli/words.hpp"
namespace gyre::cli {
Action declare_doctor(CLI::App&) {
  return [](Command) { return kDone; };
}
}  // namespace gyre::cli
