#pragma once

#include <cstdint>
#include <span>

/// Sums over signs, compiled for one instruction set: decision 23 says what for. Matrices lie row
/// by row.
namespace gyre::gan {

/// A product whose left side has two values, one and `leak`: what a network's last activation
/// passes back where the network gives one number.
struct SignedSums {
  const std::uint64_t* signs;  ///< words_of(depth) words a row
  std::int64_t n, depth, columns;
  float leak;
  const float* b;      ///< `depth` rows of `columns`
  const float* scale;  ///< of its rows; null: ones
  const float* by;     ///< of the sums
  const float* x;      ///< null, or what an activation made with `x_leak`: sums go by its slope
  float x_leak;
  bool adds;  ///< to what is there; then without an activation
  float* to;  ///< `n` rows of `columns`
};

/// Words of 64 bits for so many signs.
constexpr std::int64_t words_of(std::int64_t signs) { return (signs + 63) / 64; }

struct SignKernels {
  /// Which of `n` rows of `columns` numbers are positive: a column a row of bits, each of
  /// words_of(n) words.
  void (*signs)(const float* y, std::int64_t n, std::int64_t columns, std::uint64_t* down);
  /// The same bits, row by row: words_of(columns) words each.
  void (*turned)(const std::uint64_t* down, std::int64_t n, std::int64_t columns,
                 std::uint64_t* across);
  /// to[i] = by[i] times the sum of s(i, k) scale[k] b[k], for rows of `columns` numbers, where
  /// s(i, k) is 1 for a bit that is set and `leak` for others. The sums of every choice among four
  /// rows are made once and looked up, a quarter of a product's additions.
  void (*signed_sums)(const SignedSums& of);
  /// to[i] = the sum of s(i, k) c[k] over `n` rows of `depth` numbers, by the signs of `y`.
  void (*signed_dots)(const float* y, std::int64_t n, std::int64_t depth, float leak,
                      const float* c, float* to);
  /// to[k] += v[k] times the sum of c[i] s(i, k) over the rows.
  void (*signed_totals)(const float* y, std::int64_t n, std::int64_t depth, float leak,
                        const float* c, const float* v, float* to);
};

/// Every set that this machine can run, as kernel_choices() has them.
std::span<const SignKernels> sign_kernel_choices();

}  // namespace gyre::gan
