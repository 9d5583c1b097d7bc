#include <vector>

#include "gyre/gan/flat.hpp"
#include "gyre/gan/kernels.hpp"

namespace gyre::gan {

extern const Kernels kernels_baseline;
extern const FlatKernels flat_baseline;
#ifdef GYRE_X86
extern const Kernels kernels_avx2, kernels_avx512;
extern const FlatKernels flat_avx2, flat_avx512;
#endif

namespace {

template <class K>
std::vector<K> usable(const K& baseline, [[maybe_unused]] const K* avx2,
                      [[maybe_unused]] const K* avx512) {
  std::vector<K> all;
#ifdef GYRE_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
    all.push_back(*avx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) all.push_back(*avx2);
#endif
  all.push_back(baseline);
  return all;
}

}  // namespace

std::span<const Kernels> kernel_choices() {
#ifdef GYRE_X86
  static const auto choices = usable(kernels_baseline, &kernels_avx2, &kernels_avx512);
#else
  static const auto choices = usable<Kernels>(kernels_baseline, nullptr, nullptr);
#endif
  return choices;
}

std::span<const FlatKernels> flat_choices() {
#ifdef GYRE_X86
  static const auto choices = usable(flat_baseline, &flat_avx2, &flat_avx512);
#else
  static const auto choices = usable<FlatKernels>(flat_baseline, nullptr, nullptr);
#endif
  return choices;
}

}  // namespace gyre::gan
