#pragma once

#include <filesystem>

#include "cli/verbs.hpp"

namespace gyre::cli {

/// Where gyre-gan is, the program that trains networks; empty if it is not there.
std::filesystem::path training_program();

/// Becomes gyre-gan with the same words. Throws FileError if it is not there.
int hand_over(Command command);

/// What to do where it is not.
inline constexpr const char* kTrainingAdvice =
    "it is built where libtorch is: apt-get install libtorch-dev libopenblas0-openmp, and build "
    "again";

}  // namespace gyre::cli
