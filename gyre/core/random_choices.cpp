#include <vector>

#include "gyre/core/random_kernels.hpp"

namespace gyre {

extern const RandomKernels random_kernels_baseline;
#ifdef GYRE_X86
extern const RandomKernels random_kernels_avx2;
extern const RandomKernels random_kernels_avx512;
#endif

std::span<const RandomKernels> random_kernels() {
  static const std::vector<RandomKernels> choices = [] {
    std::vector<RandomKernels> usable;
#ifdef GYRE_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
      usable.push_back(random_kernels_avx512);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      usable.push_back(random_kernels_avx2);
#endif
    usable.push_back(random_kernels_baseline);
    return usable;
  }();
  return choices;
}

}  // namespace gyre
