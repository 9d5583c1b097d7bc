#pragma once

#include <vector>

namespace gyre {

/// Of what gyre_instruction_sets compiled, a `Set` for each instruction set: all that this machine
/// can run, best first; the last one is the baseline.
template <class Set>
std::vector<Set> usable_sets(const Set& baseline, [[maybe_unused]] const Set* avx2,
                             [[maybe_unused]] const Set* avx512) {
  std::vector<Set> usable;
#ifdef GYRE_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
    usable.push_back(*avx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) usable.push_back(*avx2);
#endif
  usable.push_back(baseline);
  return usable;
}

}  // namespace gyre

/// The sets of a file by its stem. Those beyond the baseline are named only where they were
/// compiled.
#ifdef GYRE_X86
#define GYRE_USABLE_SETS(stem) ::gyre::usable_sets(stem##_baseline, &stem##_avx2, &stem##_avx512)
#else
#define GYRE_USABLE_SETS(stem) \
  ::gyre::usable_sets(stem##_baseline, decltype(&stem##_baseline){}, decltype(&stem##_baseline){})
#endif
