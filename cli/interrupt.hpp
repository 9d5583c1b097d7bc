#pragma once

#include <atomic>

namespace gyre::cli {

/// Set by the first Ctrl-C (or SIGTERM, or a terminal that goes away) after catch_interrupts(); the
/// second ends the program at once.
const std::atomic<bool>& interrupted();

void catch_interrupts();

/// For what has nothing to save: Ctrl-C still ends the program at once, and a person is told.
void tell_of_interrupts();

/// The exit status that the signal stands for: 130 for Ctrl-C.
int interrupted_status();

}  // namespace gyre::cli
