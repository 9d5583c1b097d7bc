#pragma once

#include <cstdint>

/// Products of matrices that lie row by row: by loops where they are small, else by the library.
namespace gyre::gan {

/// y = x w' + b: `n` rows of `in` numbers become rows of `out`; w has `out` rows, b `out` numbers.
void linear_forward(const float* x, const float* w, const float* b, float* y, std::int64_t n,
                    std::int64_t in, std::int64_t out);
/// dx = dy w.
void linear_slope(const float* dy, const float* w, float* dx, std::int64_t n, std::int64_t in,
                  std::int64_t out);
/// dw += dy' x and db += the rows of dy.
void linear_weights(const float* dy, const float* x, float* dw, float* db, std::int64_t n,
                    std::int64_t in, std::int64_t out);

}  // namespace gyre::gan
