#pragma once

#include <cstdint>
#include <limits>

/// Values must be inlined into the source file that asks for them: kernels are compiled once an
/// instruction set, and a shared out-of-line copy would leak one set into another.
#define GYRE_OP_VALUE [[gnu::always_inline]] static inline

/// Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011) in arithmetic that compilers make vector code
/// of: every word of 32 bits stands in one of 64, and nothing branches.
namespace gyre::philox {

/// Whole numbers from 0 up to this, exclusive, name a draw.
inline constexpr double kLimit = 0x1p52;

struct Words {
  std::uint64_t x0, x1, x2, x3;  ///< 32 bits each
};

/// The low 52 bits of a whole number in [0, kLimit): added to 2^52 they are the mantissa.
GYRE_OP_VALUE std::uint64_t whole(double x) {
  return __builtin_bit_cast(std::uint64_t, x + kLimit) & 0xFFFFFFFFFFFFFu;
}

/// The words at (counter, lane) under the key `seed`, low halves first.
GYRE_OP_VALUE Words words(double seed, double lane, double counter) {
  constexpr std::uint64_t kLow = 0xFFFFFFFFu;
  const std::uint64_t key = whole(seed), high = whole(lane), low = whole(counter);
  std::uint64_t k0 = key & kLow, k1 = key >> 32;
  Words x{low & kLow, low >> 32, high & kLow, high >> 32};
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = x.x0 * 0xD2511F53u, p1 = x.x2 * 0xCD9E8D57u;
    x = {(p1 >> 32) ^ x.x1 ^ k0, p1 & kLow, (p0 >> 32) ^ x.x3 ^ k1, p0 & kLow};
    k0 = (k0 + 0x9E3779B9u) & kLow;
    k1 = (k1 + 0xBB67AE85u) & kLow;
  }
  return x;
}

/// (k + 1/2)/2^52 for the upper 52 bits k of the two words: never 0, never 1.
GYRE_OP_VALUE double uniform(std::uint64_t low, std::uint64_t high) {
  const std::uint64_t mantissa = (high << 20) | (low >> 12);
  return __builtin_bit_cast(double, 0x3FF0000000000000u | mantissa) - (1.0 - 0x1p-53);
}

/// Whether these three name a draw.
GYRE_OP_VALUE bool names(double seed, double lane, double counter) {
  return (seed >= 0.0) & (seed < kLimit) & (lane >= 0.0) & (lane < kLimit) & (counter >= 0.0) &
         (counter < kLimit);
}

/// The draw from the first two words, or the last two.
template <class T>
GYRE_OP_VALUE T draw(T seed, T lane, T counter, bool last) {
  const auto s = static_cast<double>(seed), l = static_cast<double>(lane),
             c = static_cast<double>(counter);
  const Words x = words(s, l, c);
  const double u = last ? uniform(x.x2, x.x3) : uniform(x.x0, x.x1);
  return static_cast<T>(names(s, l, c) ? u : std::numeric_limits<double>::quiet_NaN());
}

}  // namespace gyre::philox
