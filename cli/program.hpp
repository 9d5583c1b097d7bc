#pragma once

#include <span>
#include <string>

#include "cli/verbs.hpp"

namespace gyre::cli {

/// What a program does with its words: finds the verb, lets its file do the work, and turns what
/// went wrong into one clear line and an exit status. `examples` end the overview of verbs.
int run_program(std::span<const Verb> verbs, const std::string& examples, int count, char** words);

}  // namespace gyre::cli
