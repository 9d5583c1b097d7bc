#include "gyre/gan/upsampled_conv.hpp"

#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

namespace gyre::gan {

namespace {

// Along one direction, w0 w1 w2 look at a pixel before, the pixel and the one behind it. Of two
// doubled pixels the first sees the one before with w0 and itself with w1 + w2; the second itself
// with w0 + w1 and the one behind with w2.
constexpr int kPhases[2][2][3] = {{{1, 0, 0}, {0, 1, 1}}, {{1, 1, 0}, {0, 0, 1}}};
// The same the other way round: what a pixel gives to four doubled ones, the first before it.
constexpr int kGifts[4][3] = {{0, 0, 1}, {0, 1, 1}, {1, 1, 0}, {1, 0, 0}};

/// The 3 by 3 weights as `table` mixes them along both directions: 9 numbers to 16 for each pair of
/// channels. `at(k, s)` is the share of weight s in number k of four.
at::Tensor mixed(const at::Tensor& weights, auto at) {
  std::vector<double> shares;
  for (int s = 0; s < 3; ++s)
    for (int t = 0; t < 3; ++t)
      for (int k = 0; k < 4; ++k)
        for (int l = 0; l < 4; ++l) shares.push_back(at(k, s) * at(l, t));
  const at::Tensor table =
      at::tensor(shares, at::kDouble).reshape({9, 16}).to(weights.options().requires_grad(false));
  return weights.reshape({-1, 9}).mm(table);
}

}  // namespace

at::Tensor upsampled_conv(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& bias) {
  // Where few channels come out the library's transposed convolution is much faster; else slower.
  constexpr std::int64_t kFew = 8;
  const std::int64_t n = x.size(0), h = x.size(2), w = x.size(3);
  const std::int64_t out = weights.size(0), in = weights.size(1);
  if (out < kFew) {
    const at::Tensor gifts = mixed(weights, [](int k, int s) { return kGifts[k][s]; });
    return at::conv_transpose2d(x, gifts.reshape({out, in, 4, 4}).transpose(0, 1).contiguous(),
                                bias, 2, 1);
  }
  // k is 2 * phase + place, and so is l: phases become channels, places the 2 by 2 weights.
  const at::Tensor seen = mixed(weights, [](int k, int s) { return kPhases[k / 2][k % 2][s]; })
                              .reshape({out, in, 2, 2, 2, 2})
                              .permute({2, 4, 0, 1, 3, 5})
                              .reshape({4 * out, in, 2, 2});
  const at::Tensor all =
      at::conv2d(x, seen, bias.repeat({4}), 1, 1).view({n, 2, 2, out, h + 1, w + 1});
  // The second of two doubled pixels looks from the next place on.
  auto phase = [&](std::int64_t a, std::int64_t b) {
    return all.select(1, a).select(1, b).narrow(2, a, h).narrow(3, b, w);
  };
  auto row = [&](std::int64_t a) { return at::stack({phase(a, 0), phase(a, 1)}, -1); };
  return at::stack({row(0), row(1)}, 3).reshape({n, out, 2 * h, 2 * w});
}

}  // namespace gyre::gan
