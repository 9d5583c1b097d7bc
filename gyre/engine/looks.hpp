#pragma once

#include <cstdint>

namespace gyre {

/// Looks come at each of the first steps, then now and then: a rule that settles in one step is
/// caught at once, and a long run is not slowed down. They depend on the step alone, so that what
/// is found depends neither on the lanes that run beside nor on what else is asked for.
inline constexpr std::uint64_t kEarlyLooks = 64, kLookEvery = 16;

/// The budget's last step is looked at as well.
constexpr bool look_due(std::uint64_t step) {
  return step <= kEarlyLooks || step % kLookEvery == 0;
}

/// The first step after this one that is.
constexpr std::uint64_t next_look(std::uint64_t step) {
  return step < kEarlyLooks ? step + 1 : (step / kLookEvery + 1) * kLookEvery;
}

}  // namespace gyre
