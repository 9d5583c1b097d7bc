#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "gyre/program/program.hpp"

namespace gyre {

/// One operation over a block: `lanes` numbers a register, a multiple of kLaneQuantum. The result
/// may stand where an operand stood.
using Kernel = void (*)(double* to, const double* a, const double* b, const double* c,
                        std::size_t lanes);

/// Blocks are whole multiples of this many lanes.
inline constexpr std::size_t kLaneQuantum = 8;

/// The kernels compiled for one instruction set. No version contracts a product and a sum into one
/// rounding, so all give the same bits.
struct KernelSet {
  std::string_view name;            ///< "baseline", "avx2", "avx512"
  std::span<const Kernel> kernels;  ///< by operation number
};

/// Every set that this machine can run, best first; the last one is the baseline.
std::span<const KernelSet> kernel_sets();

}  // namespace gyre
