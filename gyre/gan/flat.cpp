// Compiled once for each instruction set, without fused products and sums: see kernels.cpp.
#include "gyre/gan/flat.hpp"

namespace gyre::gan {

namespace {

using Index = std::int64_t;

inline float root(float x) { return __builtin_sqrtf(x); }
inline double root(double x) { return __builtin_sqrt(x); }

// Results may lie where operands do, number by number: nothing of a loop depends on its past.
#ifdef __clang__  // looks whether they do
#define GYRE_EACH for (Index i = 0; i < n; ++i)
#else
#define GYRE_EACH _Pragma("GCC ivdep") for (Index i = 0; i < n; ++i)
#endif

template <class T>
void flat(FlatOp op, T* to, const T* a, const T* b, T s, Index n) {
  switch (op) {
    case FlatOp::kAdd:
      GYRE_EACH to[i] = a[i] + b[i];
      return;
    case FlatOp::kSubtract:
      GYRE_EACH to[i] = a[i] - b[i];
      return;
    case FlatOp::kScale:
      GYRE_EACH to[i] = s * a[i];
      return;
    case FlatOp::kMultiply:
      GYRE_EACH to[i] = a[i] * b[i];
      return;
    case FlatOp::kDivide:
      GYRE_EACH to[i] = a[i] / b[i];
      return;
    case FlatOp::kMax:
      GYRE_EACH to[i] = a[i] < b[i] ? b[i] : a[i];
      return;
    case FlatOp::kSqrt:
      GYRE_EACH to[i] = root(a[i]);
      return;
    default:
      return;
  }
}

template <class T>
void adam(const AdamPass<T>& pass, Index n) {
  const AdamPass<T> p = pass;
  GYRE_EACH {
    const T v = p.v[i], old_m = p.m[i], old_s = p.s[i], old_w = p.w[i];
    const T m = p.beta1 * old_m + p.rest1 * v;
    const T s = p.beta2 * old_s + p.rest2 * (v * v);
    p.new_m[i] = m;
    p.new_s[i] = s;
    p.new_w[i] = old_w - p.eta * ((p.scale1 * m) / (root(p.scale2 * s) + p.eps));
  }
}

#undef GYRE_EACH

}  // namespace

extern const FlatKernels GYRE_SET;
const FlatKernels GYRE_SET{flat<float>, flat<double>, adam<float>, adam<double>};

}  // namespace gyre::gan
