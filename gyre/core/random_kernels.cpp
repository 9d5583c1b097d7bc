// Compiled once for each instruction set (see gyre_instruction_sets). All loops are without
// branches, for the compiler to turn into vectors.
#include "gyre/core/random_kernels.hpp"

namespace gyre {

namespace {

constexpr std::uint64_t kLow = 0xffffffffu;

inline double from_bits(std::uint64_t bits) { return __builtin_bit_cast(double, bits); }
inline std::uint64_t to_bits(double x) { return __builtin_bit_cast(std::uint64_t, x); }

/// A whole number below 2^52 as a double, by its place behind 2^52.
inline double whole(std::uint64_t n) { return from_bits(n | 0x4330000000000000u) - 0x1p52; }

/// Philox 4x32-10, its words in 64 bits each.
void uniforms(std::uint64_t seed, std::uint32_t purpose, std::uint64_t index, std::uint32_t draw,
              double* to, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    std::uint64_t a = (draw + i) & kLow, b = purpose, c = index & kLow, d = index >> 32;
    std::uint64_t key = seed & kLow, other = seed >> 32;
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p = std::uint64_t{0xD2511F53} * a, q = std::uint64_t{0xCD9E8D57} * c;
      a = (q >> 32) ^ b ^ key, b = q & kLow;
      c = (p >> 32) ^ d ^ other, d = p & kLow;
      key = (key + 0x9E3779B9) & kLow, other = (other + 0xBB67AE85) & kLow;
    }
    const std::uint64_t bits = ((b << 32) | a) >> 11;  // 53 of them: two parts, and no rounding
    to[i] = whole(bits >> 26) * 0x1p-27 + whole(bits & 0x3ffffff) * 0x1p-53;
  }
}

/// log(t) for t in (0, 1]: t = 2^e m with m near 1, and the series of the inverse hyperbolic
/// tangent.
inline double log_of_share(double t) {
  constexpr double kLn2 = 0.69314718055994530942, kRoot2 = 1.41421356237309504880;
  const std::uint64_t bits = to_bits(t);
  double e = whole(bits >> 52) - 1023.0;
  double m = from_bits((bits & 0xfffffffffffffu) | 0x3ff0000000000000u);
  e = m > kRoot2 ? e + 1.0 : e;
  m = m > kRoot2 ? 0.5 * m : m;
  const double f = m - 1.0, s = f / (2.0 + f), square = s * s;
  double sum = 1.0 / 23;
  for (int k = 21; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
  return e * kLn2 + 2.0 * s * sum;
}

/// cos(2 pi u) for u in [0, 1): quarter turns, and the series of what is left.
inline double cos_of_turns(double u) {
  constexpr double kTurn = 6.28318530717958647692;
  constexpr double kRounder = 0x1.8p52;
  const double shifted = 4.0 * u + kRounder, quarters = shifted - kRounder;
  const double y = kTurn * (u - 0.25 * quarters), square = y * y;
  double cosine = 1.0, sine = 1.0;
  for (int k = 18; k >= 2; k -= 2) {
    cosine = 1.0 - 1.0 / (k * (k - 1.0)) * square * cosine;
    sine = 1.0 - 1.0 / (k * (k + 1.0)) * square * sine;
  }
  const std::uint64_t q = to_bits(shifted);
  const double size = (q & 1) != 0 ? y * sine : cosine;
  return ((q + 1) & 2) != 0 ? -size : size;
}

void near_normals(const double* pairs, double* to, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const double square = -2.0 * log_of_share(1.0 - pairs[2 * i]);
    to[i] = __builtin_sqrt(square > 0.0 ? square : 0.0) * cos_of_turns(pairs[2 * i + 1]);
  }
}

}  // namespace

extern const RandomKernels GYRE_SET;
const RandomKernels GYRE_SET{GYRE_SET_NAME, uniforms, near_normals};

}  // namespace gyre
