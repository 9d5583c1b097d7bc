#include "gyre/core/instruction_sets.hpp"
#include "gyre/core/random_kernels.hpp"

namespace gyre {

extern const RandomKernels random_kernels_baseline, random_kernels_avx2, random_kernels_avx512;

std::span<const RandomKernels> random_kernels() {
  static const auto choices = GYRE_USABLE_SETS(random_kernels);
  return choices;
}

}  // namespace gyre
