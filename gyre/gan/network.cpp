#include "gyre/gan/network.hpp"

#include <ATen/ops/batch_norm.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/upsample_nearest2d.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/text.hpp"
#include "gyre/gan/upsampled_conv.hpp"

namespace gyre::gan {

namespace {

std::int64_t product(const std::vector<std::int64_t>& shape) {
  std::int64_t all = 1;
  for (const std::int64_t n : shape) all *= n;
  return all;
}

std::vector<std::int64_t> dimensions(std::int64_t first, std::int64_t end) {
  std::vector<std::int64_t> all;
  for (std::int64_t d = first; d < end; ++d) all.push_back(d);
  return all;
}

constexpr double kLeastVariance = 1e-5;

/// Mean 0 and variance 1 over some dimensions. Step by step: the third derivatives of the library's
/// batch norm, which products with penalised losses need, are wrong in libtorch 1.13.
at::Tensor normalised(const at::Tensor& x, const std::vector<std::int64_t>& over) {
  const at::Tensor centred = x.sub(x.mean(over, true));
  return centred.mul(centred.square().mean(over, true).add(kLeastVariance).rsqrt());
}

/// The largest singular value of a matrix, of which it may be a little short where the next one is
/// near: what is divided by it then is as much too long. Differentiable as often as one likes. The
/// iterations are on the square of the matrix, the smaller of the two, scaled so that nothing can
/// overflow between two norms.
at::Tensor largest_singular(const at::Tensor& matrix) {
  constexpr int kNorms = 4, kIterations = 4;  // as many between two norms
  constexpr double kLeast = 1e-30;
  const at::Tensor other = matrix.t();
  const at::Tensor square = matrix.size(0) <= matrix.size(1) ? matrix.mm(other) : other.mm(matrix);
  const at::Tensor trace = square.trace().add(kLeast), scaled = square.div(trace);
  std::vector<double> first(static_cast<std::size_t>(square.size(0)));
  Stream stream(0, "spectral");
  for (double& x : first) x = stream.normal();
  at::Tensor v = at::tensor(first, at::kDouble).to(matrix.options().requires_grad(false));
  for (int norm = 0; norm < kNorms; ++norm) {
    for (int i = 0; i < kIterations; ++i) v = scaled.mv(v);
    v = v.div(v.dot(v).add(kLeast).sqrt());
  }
  return scaled.mv(v).dot(v).mul(trace).add(kLeast).sqrt();
}

at::Tensor weights_of(const Network::Layer& layer, const at::Tensor& weights) {
  if (!layer.spectral) return weights;
  const at::Tensor rows =
      layer.kind == LayerKind::kTconv ? weights.transpose(0, 1) : weights;  // outputs first
  return weights.div(largest_singular(rows.flatten(1)));
}

/// Two layers for which there is a faster way than one after the other.
bool is_upsampled_conv(const Network::Layer& first, const Network::Layer& second) {
  return first.kind == LayerKind::kUpsample && first.args[0] == 2 &&
         second.kind == LayerKind::kConv && second.args[1] == 3 && second.args[2] == 1;
}

}  // namespace

Network::Network(std::string_view text, const std::vector<std::int64_t>& inputs,
                 std::int64_t outputs, const std::string& what)
    : inputs_(inputs) {
  std::vector<LayerWords> all;
  for (const std::string_view words : split(trim(text), '|'))
    all.push_back(read_layer(words, what));
  std::size_t last = all.size();  // the layer that decides how many numbers come out
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].kind <= Kind::kTconv) last = i;
  for (std::size_t i = 0; i < all.size(); ++i) add(all[i], i == last, outputs, what);
  const std::int64_t made = product(layers_.back().shape);
  if (made != outputs)
    throw ShapeError(what + ": it gives " + shape_text(layers_.back().shape) + ", which is " +
                     std::to_string(made) + " numbers, and " + std::to_string(outputs) +
                     " are needed");
}

void Network::add(const LayerWords& words, bool last, std::int64_t outputs,
                  const std::string& what) {
  Layer layer{words, layout_.size(), layers_.empty() ? inputs_ : layers_.back().shape};
  const std::string name = std::to_string(layers_.size());
  auto parameter = [&](const char* part, std::vector<std::int64_t> shape, std::int64_t fan) {
    layout_.push_back({name + "." + part, std::move(shape)});
    fans_.push_back(fan);
  };
  auto arg = [&](std::size_t i) { return static_cast<std::int64_t>(layer.args[i]); };
  std::vector<std::int64_t>& shape = layer.shape;
  const std::vector<std::int64_t> before = shape;
  const bool pixels =
      layer.kind == Kind::kConv || layer.kind == Kind::kTconv || layer.kind == Kind::kUpsample;
  if (pixels && shape.size() != 3)
    throw ShapeError(what + ": " + name_of(layer.kind) +
                     " works on pictures, and what comes in is " + shape_text(shape) +
                     "; reshape(C, H, W) makes some");
  const bool open = layer.args[0] == LayerWords::kMissing;
  if (open && !last)
    throw Error(what + ": only the last of linear, conv and tconv may leave out its size");
  /// Channels that make the wanted numbers of so many pixels; what does not fit is told at the end.
  auto channels = [&](std::int64_t rows, std::int64_t columns) {
    return open ? std::max<std::int64_t>(1, outputs / (rows * columns)) : arg(0);
  };
  switch (layer.kind) {
    case Kind::kLinear: {
      const std::int64_t in = product(shape), out = open ? outputs : arg(0);
      parameter("weight", {out, in}, in);
      parameter("bias", {out}, in);
      shape = {out};
      break;
    }
    case Kind::kConv: {
      const std::int64_t in = shape[0], k = arg(1), stride = arg(2);
      for (std::size_t d : {1, 2}) shape[d] = (shape[d] + 2 * ((k - 1) / 2) - k) / stride + 1;
      if (shape[1] < 1 || shape[2] < 1) throw ShapeError(what + ": conv leaves no pixel");
      shape[0] = channels(shape[1], shape[2]);
      parameter("weight", {shape[0], in, k, k}, in * k * k);
      parameter("bias", {shape[0]}, in * k * k);
      break;
    }
    case Kind::kTconv: {
      const std::int64_t in = shape[0], k = arg(1), stride = arg(2);
      if (k < stride)
        throw Error(what + ": tconv takes weights at least as wide as its stride, not " +
                    std::to_string(k) + " for " + std::to_string(stride));
      shape[1] *= stride, shape[2] *= stride;
      shape[0] = channels(shape[1], shape[2]);
      const std::int64_t fan = std::max<std::int64_t>(1, in * k * k / (stride * stride));
      parameter("weight", {in, shape[0], k, k}, fan);
      parameter("bias", {shape[0]}, fan);
      break;
    }
    case Kind::kUpsample:
      shape[1] *= arg(0), shape[2] *= arg(0);
      break;
    case Kind::kReshape:
      if (product(shape) != arg(0) * arg(1) * arg(2))
        throw ShapeError(what + ": " + shape_text(shape) + " cannot be reshaped to " +
                         shape_text({arg(0), arg(1), arg(2)}));
      shape = {arg(0), arg(1), arg(2)};
      break;
    case Kind::kOuter: {
      constexpr std::int64_t kMost = 256;
      const std::int64_t n = product(shape);
      if (n > kMost)
        throw Error(what + ": outer takes at most " + std::to_string(kMost) + " numbers, not " +
                    std::to_string(n));
      shape = {n * n};
      break;
    }
    case Kind::kLayerNorm:
      parameter("weight", shape, 0);
      parameter("bias", shape, -1);
      break;
    case Kind::kBatchNorm:
      parameter("weight", {shape[0]}, 0);
      parameter("bias", {shape[0]}, -1);
      break;
    case Kind::kRelu:
    case Kind::kLeakyRelu:
    case Kind::kTanh:
    case Kind::kSigmoid:
      break;
  }
  layer.in = product(before), layer.out = product(shape);
  layers_.push_back(std::move(layer));
}

bool Network::mixes_samples() const {
  for (const Layer& layer : layers_)
    if (layer.kind == Kind::kBatchNorm) return true;
  return false;
}

at::Tensor Network::operator()(const std::vector<at::Tensor>& p, const at::Tensor& x) const {
  at::Tensor y = x;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (i + 1 < layers_.size() && is_upsampled_conv(layers_[i], layers_[i + 1])) {
      const Layer& conv = layers_[++i];
      y = upsampled_conv(y, weights_of(conv, p[conv.first]), p[conv.first + 1]);
      continue;
    }
    const Layer& layer = layers_[i];
    auto part = [&](std::size_t k) { return p[layer.first + k]; };
    auto arg = [&](std::size_t k) { return static_cast<std::int64_t>(layer.args[k]); };
    switch (layer.kind) {
      case Kind::kLinear:
        if (y.dim() != 2) y = y.flatten(1);
        y = at::linear(y, weights_of(layer, part(0)), part(1));
        break;
      case Kind::kConv:
        y = at::conv2d(y, weights_of(layer, part(0)), part(1), arg(2), (arg(1) - 1) / 2);
        break;
      case Kind::kTconv: {
        // What is cut off the edges, so that S times as many pixels are left.
        const std::int64_t over = arg(1) - arg(2), cut = (over + 1) / 2;
        y = at::conv_transpose2d(y, weights_of(layer, part(0)), part(1), arg(2), cut,
                                 2 * cut - over);
        break;
      }
      case Kind::kUpsample:
        y = at::upsample_nearest2d(y, {y.size(2) * arg(0), y.size(3) * arg(0)});
        break;
      case Kind::kReshape:
        y = y.reshape({y.size(0), arg(0), arg(1), arg(2)});
        break;
      case Kind::kOuter: {
        const at::Tensor flat = y.flatten(1);
        y = flat.unsqueeze(2).mul(flat.unsqueeze(1)).flatten(1);
        break;
      }
      case Kind::kRelu:
        y = at::relu(y);
        break;
      case Kind::kLeakyRelu:
        y = at::leaky_relu(y, layer.args[0]);
        break;
      case Kind::kTanh:
        y = at::tanh(y);
        break;
      case Kind::kSigmoid:
        y = at::sigmoid(y);
        break;
      case Kind::kLayerNorm:
        y = normalised(y, dimensions(1, y.dim())).mul(part(0)).add(part(1));
        break;
      case Kind::kBatchNorm: {
        if (DifferentiatedOnce::holds()) {
          y = at::batch_norm(y, part(0), part(1), {}, {}, true, 0.0, kLeastVariance, false);
          break;
        }
        std::vector<std::int64_t> over = dimensions(2, y.dim()), channels(over.size() + 1, 1);
        over.push_back(0);
        channels[0] = -1;
        y = normalised(y, over).mul(part(0).reshape(channels)).add(part(1).reshape(channels));
        break;
      }
    }
  }
  return y;
}

void Network::start(std::span<float> flat, Start how, std::uint64_t seed,
                    std::string_view purpose) const {
  std::size_t at = 0;
  for (std::size_t i = 0; i < layout_.size(); ++i) {
    Stream stream(seed, purpose, i);
    const bool is_bias = layout_[i].shape.size() == 1;
    const double limit = fans_[i] > 0 ? 1.0 / std::sqrt(static_cast<double>(fans_[i])) : 0.0;
    for (std::int64_t n = size_of({layout_[i]}); n > 0; --n) {
      double x = 0.0;
      if (fans_[i] == 0)
        x = 1.0;
      else if (fans_[i] > 0 && how == Start::kUniform)
        x = stream.uniform(-limit, limit);
      else if (fans_[i] > 0 && !is_bias)
        x = 0.02 * stream.normal();
      flat[at++] = static_cast<float>(x);
    }
  }
}

}  // namespace gyre::gan
