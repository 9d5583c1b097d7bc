// Compiled once for each instruction set, with GYRE_SET naming it (see gyre_instruction_sets). All
// loops are without branches, for the compiler to turn into vectors.
#include "gyre/gan/softplus.hpp"

namespace gyre::gan {

namespace {

/// exp(x) for x <= 0, without branches: 2^k e^r, and the series of e^r.
inline double exp_of_negative(double x) {
  constexpr double kLowest = -700.0, kLog2E = 1.4426950408889634;
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kRounder = 6755399441055744.0;  // 1.5 * 2^52: its last bits count in ones
  x = x < kLowest ? kLowest : x;
  const double shifted = x * kLog2E + kRounder, k = shifted - kRounder;
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double sum = 1.0 / 479001600.0;
#pragma GCC unroll 12
  for (int n = 12; n >= 1; --n) {
    constexpr double kOneOver[] = {1.0,         1.0,          1.0 / 2,       1.0 / 6,
                                   1.0 / 24,    1.0 / 120,    1.0 / 720,     1.0 / 5040,
                                   1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800};
    sum = sum * r + kOneOver[n - 1];
  }
  const auto power = (__builtin_bit_cast(std::int64_t, shifted) + 1023) << 52;
  return sum * __builtin_bit_cast(double, power);
}

/// log(1 + t) for t from 0 to 1, by the series of the inverse hyperbolic tangent.
inline double log1p_of_share(double t) {
  const double s = t / (2.0 + t), square = s * s;
  double sum = 1.0 / 35;
#pragma GCC unroll 17
  for (int n = 33; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
  return 2.0 * s * sum;
}

void softplus(const double* x, double* value, double* slope, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) {
    const double size = x[i] < 0.0 ? -x[i] : x[i];
    const double e = exp_of_negative(-size);
    const double share = 1.0 / (1.0 + e);
    value[i] = (x[i] > 0.0 ? x[i] : 0.0) + log1p_of_share(e);
    slope[i] = x[i] < 0.0 ? e * share : share;
  }
}

}  // namespace

extern const SoftplusKernel GYRE_SET;
const SoftplusKernel GYRE_SET{GYRE_SET_NAME, softplus};

}  // namespace gyre::gan
