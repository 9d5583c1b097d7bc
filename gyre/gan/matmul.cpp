#include "gyre/gan/matmul.hpp"

#include <ATen/ops/addmm.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>

#include <algorithm>

namespace gyre::gan {

namespace {

// Below this many products a call of the library costs more than it saves, and so it does for few
// rows, where all weights are read once anyway.
constexpr std::int64_t kSmall = 20000;
constexpr std::int64_t kFewRows = 4;

bool by_loops(std::int64_t n, std::int64_t in, std::int64_t out) {
  return n < kFewRows || n * in * out < kSmall;
}

at::Tensor matrix(const float* at, std::int64_t rows, std::int64_t columns) {
  return at::from_blob(const_cast<float*>(at), {rows, columns}, at::TensorOptions(at::kFloat));
}

/// In sixteen sums, so that the order is one that vectors can keep.
float sum_of_products(const float* a, const float* b, std::int64_t n) {
  constexpr std::int64_t kSums = 16;
  float sums[kSums] = {};
  std::int64_t i = 0;
  for (; i + kSums <= n; i += kSums)
    for (std::int64_t k = 0; k < kSums; ++k) sums[k] += a[i + k] * b[i + k];
  for (; i < n; ++i) sums[i % kSums] += a[i] * b[i];
  float sum = 0.0f;
  for (const float s : sums) sum += s;
  return sum;
}

void add_scaled(float* __restrict to, float s, const float* a, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) to[i] += s * a[i];
}

}  // namespace

void linear_forward(const float* x, const float* w, const float* b, float* y, std::int64_t n,
                    std::int64_t in, std::int64_t out) {
  if (by_loops(n, in, out)) {
    for (std::int64_t r = 0; r < n; ++r)
      for (std::int64_t o = 0; o < out; ++o)
        y[r * out + o] = b[o] + sum_of_products(x + r * in, w + o * in, in);
    return;
  }
  at::Tensor to = matrix(y, n, out);
  const at::Tensor bias =
      at::from_blob(const_cast<float*>(b), {out}, at::TensorOptions(at::kFloat));
  at::addmm_out(to, bias, matrix(x, n, in), matrix(w, out, in).t());
}

void linear_slope(const float* dy, const float* w, float* dx, std::int64_t n, std::int64_t in,
                  std::int64_t out) {
  if (by_loops(n, in, out)) {
    std::fill_n(dx, n * in, 0.0f);
    for (std::int64_t r = 0; r < n; ++r)
      for (std::int64_t o = 0; o < out; ++o)
        add_scaled(dx + r * in, dy[r * out + o], w + o * in, in);
    return;
  }
  at::Tensor to = matrix(dx, n, in);
  at::mm_out(to, matrix(dy, n, out), matrix(w, out, in));
}

void linear_weights(const float* dy, const float* x, float* dw, float* db, std::int64_t n,
                    std::int64_t in, std::int64_t out) {
  for (std::int64_t r = 0; r < n; ++r)
    for (std::int64_t o = 0; o < out; ++o) db[o] += dy[r * out + o];
  if (by_loops(n, in, out)) {
    for (std::int64_t r = 0; r < n; ++r)
      for (std::int64_t o = 0; o < out; ++o)
        add_scaled(dw + o * in, dy[r * out + o], x + r * in, in);
    return;
  }
  at::Tensor to = matrix(dw, out, in);
  at::addmm_out(to, to, matrix(dy, n, out).t(), matrix(x, n, in));
}

}  // namespace gyre::gan
