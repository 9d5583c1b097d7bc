#include "gyre/core/instruction_sets.hpp"
#include "gyre/program/kernels.hpp"

namespace gyre {

extern const KernelSet kernels_baseline, kernels_avx2, kernels_avx512;

std::span<const KernelSet> kernel_sets() {
  static const auto sets = GYRE_USABLE_SETS(kernels);
  return sets;
}

}  // namespace gyre
