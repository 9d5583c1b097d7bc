#include <string_view>

#include "gyre/engine/look_kernel.hpp"
#include "gyre/program/kernels.hpp"

namespace gyre {

std::size_t look_baseline(const LookSight& sight);
#ifdef GYRE_X86
std::size_t look_avx2(const LookSight& sight);
std::size_t look_avx512(const LookSight& sight);
#endif

LookKernel look_kernel() {
#ifdef GYRE_X86
  const std::string_view best = kernel_sets().front().name;
  if (best == "avx512") return look_avx512;
  if (best == "avx2") return look_avx2;
#endif
  return look_baseline;
}

}  // namespace gyre
