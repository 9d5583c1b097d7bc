#pragma once

#include <cstddef>
#include <string>

namespace gyre::jit {

/// The vectors of a kernel, and what the machine has for them.
struct Shape {
  bool single = false;
  std::size_t bits = 512;      ///< of a vector
  std::size_t registers = 32;  ///< that hold vectors
  char letter = 'e';           ///< of the instruction set in libmvec's names; 0: no such names
  bool fused = true;           ///< a product and a sum with one rounding
  std::size_t vectors = 1;     ///< interleaved

  std::size_t width() const { return bits / (single ? 32 : 64); }
  std::size_t group() const { return width() * vectors; }
};

}  // namespace gyre::jit
