#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// What small networks spend their time with, compiled for one instruction set. Matrices lie row by
/// row. Sums are taken in an order that depends on the sizes alone, and products and sums may fuse:
/// sets differ by rounding, runs on one machine do not.
namespace gyre::gan {

struct Kernels {
  std::string_view name;  ///< "baseline", "avx2", "avx512"

  /// The weights of a layer, `out` rows of `in`, as forward() wants them: packed_size() numbers,
  /// for `n` rows at a time. Nothing is written where forward() will not look at them.
  void (*pack)(const float* w, float* packed, std::int64_t n, std::int64_t in, std::int64_t out);
  /// y = x w' + b, `n` rows of `in` numbers become rows of `out`, and what is negative in it is
  /// multiplied by `leak`, which is 1 for no activation.
  void (*forward)(const float* x, const float* w, const float* packed, const float* b, float* y,
                  std::int64_t n, std::int64_t in, std::int64_t out, float leak);
  /// dx = dy w, where `x`, unless null, is what an activation made with `leak`: then by what came
  /// into that. `room` has packed_size() numbers.
  void (*slope)(const float* dy, const float* w, float* dx, std::int64_t n, std::int64_t in,
                std::int64_t out, const float* x, float leak, float* room);
  /// dw += dy' x and db += the rows of dy.
  void (*weights)(const float* dy, const float* x, float* dw, float* db, std::int64_t n,
                  std::int64_t in, std::int64_t out, float* room);

  /// to[i] = the product of row i of a and row i of b, of `width` numbers each; or that is added.
  void (*row_dots)(const float* a, const float* b, std::int64_t n, std::int64_t width, bool adds,
                   float* to);
  /// Row i of `to` = p[i] a[i] + q[i] b[i]; without a second part if `b` is null.
  void (*mixed_rows)(const float* p, const float* a, const float* q, const float* b, std::int64_t n,
                     std::int64_t width, float* to);
  /// to += more.
  void (*add)(float* to, const float* more, std::int64_t n);

  /// y = x, and what is negative in it by `leak`, from 0 to 1.
  void (*relu)(const float* x, float* y, std::int64_t n, float leak);
  /// dy by the slope of that, which the sign of its result y tells.
  void (*relu_slope)(float* dy, const float* y, std::int64_t n, float leak);
};

/// What the weights of a layer, or a piece of a batch, take up in panels.
constexpr std::int64_t packed_size(std::int64_t in, std::int64_t out) {
  constexpr std::int64_t kPanel = 32, kPiece = 256 * kPanel;
  const std::int64_t weights = (in + kPanel) * (out + kPanel);
  return weights > kPiece ? weights : kPiece;
}

/// Every set that this machine can run, best first; the last one is the baseline.
std::span<const Kernels> kernel_choices();

}  // namespace gyre::gan
