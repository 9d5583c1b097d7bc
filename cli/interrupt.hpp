#pragma once

#include <atomic>

namespace gyre::cli {

/// Set by the first Ctrl-C (or SIGTERM) after catch_interrupts(); the second ends the program at
/// once.
const std::atomic<bool>& interrupted();

void catch_interrupts();

/// The exit status that the signal stands for: 130 for Ctrl-C.
int interrupted_status();

}  // namespace gyre::cli
