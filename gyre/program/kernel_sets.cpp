#include <vector>

#include "gyre/program/kernels.hpp"

namespace gyre {

extern const KernelSet kernels_baseline;
#ifdef GYRE_X86
extern const KernelSet kernels_avx2;
extern const KernelSet kernels_avx512;
#endif

std::span<const KernelSet> kernel_sets() {
  static const std::vector<KernelSet> sets = [] {
    std::vector<KernelSet> usable;
#ifdef GYRE_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
      usable.push_back(kernels_avx512);
    if (__builtin_cpu_supports("avx2")) usable.push_back(kernels_avx2);
#endif
    usable.push_back(kernels_baseline);
    return usable;
  }();
  return sets;
}

}  // namespace gyre
