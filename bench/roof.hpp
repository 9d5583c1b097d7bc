#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace gyre::bench {

/// A step written by hand for one rule on one game: the roof that compiled programs are held to.
/// `state` holds one run of `lanes` numbers a state variable, in the order of the traced program.
struct HandKernel {
  std::string_view game, rule;
  int interleave = 1;  ///< vectors side by side, to hide latencies
  std::size_t state = 0;
  void (*run)(double* state, std::size_t lanes, std::size_t steps) = nullptr;
};

/// `lanes` must be a multiple of this.
inline constexpr std::size_t kHandQuantum = 128;

/// Hand-written kernels for one instruction set, every step in several interleavings.
struct HandSet {
  std::string_view name;  ///< "avx512", "avx2", "baseline"; "none" where there are none
  std::span<const HandKernel> kernels;
};

/// The best set that this machine can run.
const HandSet& hand_set();

}  // namespace gyre::bench
