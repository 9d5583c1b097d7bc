#pragma once

#include <cstddef>

/// Steps written by hand in vector types, the loop over steps inside, as one would for one rule and
/// one game: the roof that compiled programs are held against.
namespace gyre::hand {

/// `rows` are the state and then the knobs, `lanes` doubles each; lanes in whole multiples of 64.
using Kernel = void (*)(double* rows, std::size_t lanes, std::size_t steps);

struct Entry {
  const char* game;
  const char* rule;
  Kernel kernel;
};

/// Compiled for this machine. The state and the knobs are those of the traced rule.
extern const Entry kKernels[];
extern const std::size_t kCount;

}  // namespace gyre::hand
