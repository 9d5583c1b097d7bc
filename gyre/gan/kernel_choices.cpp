#include <vector>

#include "gyre/gan/kernels.hpp"

namespace gyre::gan {

extern const Kernels kernels_baseline;
#ifdef GYRE_X86
extern const Kernels kernels_avx2;
extern const Kernels kernels_avx512;
#endif

std::span<const Kernels> kernel_choices() {
  static const std::vector<Kernels> choices = [] {
    std::vector<Kernels> usable;
#ifdef GYRE_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
      usable.push_back(kernels_avx512);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      usable.push_back(kernels_avx2);
#endif
    usable.push_back(kernels_baseline);
    return usable;
  }();
  return choices;
}

}  // namespace gyre::gan
