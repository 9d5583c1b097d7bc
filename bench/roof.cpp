#include "bench/roof.hpp"

namespace gyre::bench {

#ifdef GYRE_X86
extern const HandSet hand_baseline, hand_avx2, hand_avx512;
#endif

const HandSet& hand_set() {
#ifdef GYRE_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return hand_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return hand_avx2;
  return hand_baseline;
#else
  static const HandSet none{"none", {}};  // they call glibc's vector exponential by its x86 names
  return none;
#endif
}

}  // namespace gyre::bench
