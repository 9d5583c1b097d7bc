#pragma once

#include <cstdint>

/// Vectors of one instruction set, for files that are compiled once for each of them, with
/// GYRE_SET_BYTES the size. All of it is local to the file that includes this: the linker must not
/// take one set's for another's.
namespace gyre::gan::vectors {

using Index = std::int64_t;
using Vec = float __attribute__((vector_size(GYRE_SET_BYTES)));
using Anywhere = float __attribute__((vector_size(GYRE_SET_BYTES), aligned(4), may_alias));

constexpr Index kWidth = GYRE_SET_BYTES / 4;
constexpr Index kPanel = 2 * kWidth;

static inline Vec load(const float* at) { return *reinterpret_cast<const Anywhere*>(at); }
static inline void store(float* at, Vec x) { *reinterpret_cast<Anywhere*>(at) = x; }
static inline Index least(Index a, Index b) { return a < b ? a : b; }

static inline float total(Vec x) {
  float sum = 0.0f;
  for (Index i = 0; i < kWidth; ++i) sum += x[i];
  return sum;
}

}  // namespace gyre::gan::vectors
