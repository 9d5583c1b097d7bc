#pragma once

#include <cstdint>
#include <span>

/// Operations on flat blocks, compiled for one instruction set. Each is rounded by itself, as
/// everybody does it: the same bits in every set.
namespace gyre::gan {

/// See Block.
enum class FlatOp : std::uint8_t {
  kTensor,
  kConstant,
  kAdd,
  kSubtract,
  kScale,
  kMultiply,
  kDivide,
  kMax,
  kSqrt,
  kExp,
  kLog
};

/// Adam and a step along it, all fourteen operations at once; those that one number or another
/// makes idle multiply by 1.
///     m = beta1 m + rest1 v
///     s = beta2 s + rest2 v v
///     w = w - eta ((scale1 m) / (sqrt(scale2 s) + eps))
template <class T>
struct AdamPass {
  T beta1, rest1, scale1, beta2, rest2, scale2, eps, eta;
  const T *m, *s, *v, *w;
  T *new_m, *new_s, *new_w;  // each may be one of the four above
};

struct FlatKernels {
  /// One operation from kAdd to kSqrt. `to` may be `a` or `b`.
  void (*floats)(FlatOp op, float* to, const float* a, const float* b, float s, std::int64_t n);
  void (*doubles)(FlatOp op, double* to, const double* a, const double* b, double s,
                  std::int64_t n);
  void (*adam_of_floats)(const AdamPass<float>& pass, std::int64_t n);
  void (*adam_of_doubles)(const AdamPass<double>& pass, std::int64_t n);
};

/// Every set that this machine can run, best first; the last one is the baseline.
std::span<const FlatKernels> flat_choices();

}  // namespace gyre::gan
