#pragma once

#include <ATen/core/Tensor.h>

namespace gyre::gan {

/// Every pixel doubled both ways, then a convolution by 3 by 3 weights with the edges filled with
/// zeros, without ever making the larger picture: each of the four pixels that take a pixel's place
/// sees only two by two different ones, so four ninths of the products do. `weights` are outputs by
/// channels by 3 by 3. The same numbers but for rounding.
at::Tensor upsampled_conv(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& bias);

}  // namespace gyre::gan
