#include "gyre/gan/fused_mlp.hpp"

#include <algorithm>
#include <cmath>

namespace gyre::gan {

std::optional<FusedMlp> FusedMlp::of(const Network& network) {
  FusedMlp mlp;
  std::int64_t first = 0;
  auto add = [&](Kind kind, const Network::Layer& layer, std::int64_t parameters, float leak) {
    mlp.layers_.push_back({kind, layer.in, layer.out, first, leak});
    first += parameters;
  };
  auto add_relu = [&](const Network::Layer& layer, float leak) {
    if (!mlp.layers_.empty() && mlp.layers_.back().kind == Kind::kLinear &&
        mlp.layers_.back().leak == 1.0f)
      mlp.layers_.back().leak = leak;  // done on the way
    else
      add(Kind::kRelu, layer, 0, leak);
  };
  for (const Network::Layer& layer : network.layers()) {
    if (layer.spectral) return std::nullopt;
    switch (layer.kind) {
      case Network::Kind::kLinear:
        add(Kind::kLinear, layer, layer.in * layer.out + layer.out, 1.0f);
        break;
      case Network::Kind::kLayerNorm:
        add(Kind::kNorm, layer, 2 * layer.in, 1.0f);
        break;
      case Network::Kind::kRelu:
        add_relu(layer, 0.0f);
        break;
      case Network::Kind::kLeakyRelu:
        add_relu(layer, static_cast<float>(layer.args[0]));
        break;
      case Network::Kind::kTanh:
        add(Kind::kTanh, layer, 0, 1.0f);
        break;
      case Network::Kind::kSigmoid:
        add(Kind::kSigmoid, layer, 0, 1.0f);
        break;
      default:
        return std::nullopt;
    }
  }
  return mlp;
}

namespace {

constexpr float kLeastVariance = 1e-5f;

/// One row; returns one over its deviation.
float norm(const float* x, const float* w, const float* b, float* y, std::int64_t n) {
  double mean = 0.0, square = 0.0;
  for (std::int64_t i = 0; i < n; ++i) mean += static_cast<double>(x[i]);
  mean /= static_cast<double>(n);
  for (std::int64_t i = 0; i < n; ++i) {
    const double off = static_cast<double>(x[i]) - mean;
    square += off * off;
  }
  const float scale = static_cast<float>(
      1.0 / std::sqrt(square / static_cast<double>(n) + static_cast<double>(kLeastVariance)));
  const float centre = static_cast<float>(mean);
  for (std::int64_t i = 0; i < n; ++i) y[i] = (x[i] - centre) * scale * w[i] + b[i];
  return scale;
}

/// One row: what comes in is the slope at the output, what goes out the slope at the input. `x` is
/// the row before the norm.
void norm_slope(float* dy, const float* x, const float* w, float scale, float* dw, float* db,
                std::int64_t n) {
  double mean = 0.0, sum = 0.0, along = 0.0;
  for (std::int64_t i = 0; i < n; ++i) mean += static_cast<double>(x[i]);
  const float centre = static_cast<float>(mean / static_cast<double>(n));
  for (std::int64_t i = 0; i < n; ++i) {
    const float unit = (x[i] - centre) * scale;
    if (dw) dw[i] += dy[i] * unit, db[i] += dy[i];
    dy[i] *= w[i];
    sum += static_cast<double>(dy[i]);
    along += static_cast<double>(dy[i] * unit);
  }
  const float s = static_cast<float>(sum / static_cast<double>(n));
  const float a = static_cast<float>(along / static_cast<double>(n));
  for (std::int64_t i = 0; i < n; ++i) dy[i] = scale * (dy[i] - s - (x[i] - centre) * scale * a);
}

}  // namespace

std::int64_t FusedMlp::width() const {
  std::int64_t width = 0;
  for (const Layer& layer : layers_) width = std::max({width, layer.in, layer.out});
  return width;
}

void FusedMlp::pack(const float* parameters, std::int64_t batch, Packed& packed) const {
  packed.resize(layers_.size());
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    const Layer& layer = layers_[k];
    if (layer.kind != Kind::kLinear) continue;
    packed[k].resize(static_cast<std::size_t>(packed_size(layer.in, layer.out)));
    kernels_->pack(parameters + layer.first, packed[k].data(), batch, layer.in, layer.out);
  }
}

void FusedMlp::forward(const float* parameters, const Packed& packed, const float* x,
                       std::int64_t batch, Trace& trace) const {
  trace.batch = batch;
  trace.input = x;
  trace.outputs.resize(layers_.size());
  trace.scales.resize(layers_.size());
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    const Layer& layer = layers_[k];
    const float* from = k == 0 ? x : trace.outputs[k - 1].data();
    trace.outputs[k].resize(static_cast<std::size_t>(batch * layer.out));
    float* to = trace.outputs[k].data();
    const float* own = parameters + layer.first;
    const std::int64_t n = batch * layer.out;
    switch (layer.kind) {
      case Kind::kLinear:
        kernels_->forward(from, own, packed[k].data(), own + layer.in * layer.out, to, batch,
                          layer.in, layer.out, layer.leak);
        break;
      case Kind::kRelu:
        kernels_->relu(from, to, n, layer.leak);
        break;
      case Kind::kTanh:
        for (std::int64_t i = 0; i < n; ++i) to[i] = std::tanh(from[i]);
        break;
      case Kind::kSigmoid:
        for (std::int64_t i = 0; i < n; ++i) to[i] = 1.0f / (1.0f + std::exp(-from[i]));
        break;
      case Kind::kNorm:
        trace.scales[k].resize(static_cast<std::size_t>(batch));
        for (std::int64_t r = 0; r < batch; ++r)
          trace.scales[k][static_cast<std::size_t>(r)] =
              norm(from + r * layer.in, own, own + layer.in, to + r * layer.in, layer.in);
        break;
    }
  }
}

/// Whether the network ends with a relu and one number made of what comes out of it: then what goes
/// back through the relu is, but for a factor a row and one a column, one or its leak.
bool FusedMlp::ends_in_signs(std::int64_t batch) const {
  constexpr std::int64_t kLeastRows = 32, kLeastColumns = 32, kLeastIn = 16;
  if (layers_.size() < 2 || batch < kLeastRows) return false;
  const Layer &relu = layers_[layers_.size() - 2], &last = layers_.back();
  return last.kind == Kind::kLinear && last.out == 1 && last.leak == 1.0f &&
         relu.kind == Kind::kLinear && relu.leak != 1.0f && relu.out >= kLeastColumns &&
         relu.in >= kLeastIn;
}

/// The way back through the last two layers of such a network; if it goes on, `trace.slope` is then
/// by what comes into the layers' relu before, if there is one.
void FusedMlp::sum_by_signs(const float* parameters, Trace& trace, const float* output_slope,
                            float* parameter_slopes, bool goes_on) const {
  const std::size_t k = layers_.size() - 2;
  const Layer &layer = layers_[k], &last = layers_.back();
  const std::int64_t n = trace.batch, in = layer.in, out = layer.out;
  const float *x = k == 0 ? trace.input : trace.outputs[k - 1].data(), *y = trace.outputs[k].data();
  const float *w = parameters + layer.first, *v = parameters + last.first;
  trace.down.resize(static_cast<std::size_t>(out * words_of(n)));
  sign_kernels_->signs(y, n, out, trace.down.data());
  if (parameter_slopes) {
    float *dw = parameter_slopes + layer.first, *dv = parameter_slopes + last.first;
    kernels_->weights(output_slope, y, dv, dv + out, n, out, 1, trace.room.data());
    sign_kernels_->signed_totals(y, n, out, layer.leak, output_slope, v, dw + in * out);
    sign_kernels_->signed_sums(
        {trace.down.data(), out, n, in, layer.leak, x, output_slope, v, nullptr, 1.0f, true, dw});
  }
  if (!goes_on) return;
  trace.across.resize(static_cast<std::size_t>(n * words_of(out)));
  sign_kernels_->turned(trace.down.data(), n, out, trace.across.data());
  trace.slope.resize(static_cast<std::size_t>(n * in));
  const float before = k == 0 ? 1.0f : layers_[k - 1].leak;
  sign_kernels_->signed_sums({trace.across.data(), n, out, in, layer.leak, w, v, output_slope,
                              before == 1.0f ? nullptr : x, before, false, trace.slope.data()});
}

void FusedMlp::backward(const float* parameters, Trace& trace, const float* output_slope,
                        float* parameter_slopes, float* input_slope) const {
  const std::int64_t batch = trace.batch;
  std::size_t k = layers_.size();
  bool passed = false;  // whether the slope is already by what came into the layer's relu
  if (ends_in_signs(batch)) {
    k -= 2;
    passed = k > 0 && layers_[k - 1].leak != 1.0f;
    const Layer& layer = layers_[k];
    const auto room = static_cast<std::size_t>(packed_size(layer.in, layer.out));
    if (trace.room.size() < room) trace.room.resize(room);
    sum_by_signs(parameters, trace, output_slope, parameter_slopes, k > 0 || input_slope);
  } else {
    trace.slope.assign(output_slope, output_slope + batch * layers_.back().out);
  }
  while (k-- > 0) {
    const Layer& layer = layers_[k];
    const float* from = k == 0 ? trace.input : trace.outputs[k - 1].data();
    const float* y = trace.outputs[k].data();
    const float* own = parameters + layer.first;
    float* mine = parameter_slopes ? parameter_slopes + layer.first : nullptr;
    float* dy = trace.slope.data();
    const std::int64_t n = batch * layer.out;
    switch (layer.kind) {
      case Kind::kLinear: {
        const auto room = static_cast<std::size_t>(packed_size(layer.in, layer.out));
        if (trace.room.size() < room) trace.room.resize(room);
        if (!passed && layer.leak != 1.0f) kernels_->relu_slope(dy, y, n, layer.leak);
        if (mine)
          kernels_->weights(dy, from, mine, mine + layer.in * layer.out, batch, layer.in, layer.out,
                            trace.room.data());
        if (k == 0 && !input_slope) return;
        passed = k > 0 && layers_[k - 1].leak != 1.0f;
        trace.next.resize(static_cast<std::size_t>(batch * layer.in));
        kernels_->slope(dy, own, trace.next.data(), batch, layer.in, layer.out,
                        passed ? from : nullptr, passed ? layers_[k - 1].leak : 1.0f,
                        trace.room.data());
        trace.slope.swap(trace.next);
        continue;
      }
      case Kind::kRelu:
        if (!passed) kernels_->relu_slope(dy, y, n, layer.leak);
        break;
      case Kind::kTanh:
        for (std::int64_t i = 0; i < n; ++i) dy[i] *= 1.0f - y[i] * y[i];
        break;
      case Kind::kSigmoid:
        for (std::int64_t i = 0; i < n; ++i) dy[i] *= y[i] * (1.0f - y[i]);
        break;
      case Kind::kNorm:
        for (std::int64_t r = 0; r < batch; ++r)
          norm_slope(dy + r * layer.in, from + r * layer.in, own,
                     trace.scales[k][static_cast<std::size_t>(r)], mine,
                     mine ? mine + layer.in : nullptr, layer.in);
        break;
    }
    passed = false;
  }
  if (input_slope) std::copy_n(trace.slope.data(), batch * layers_.front().in, input_slope);
}

}  // namespace gyre::gan
