#include "gyre/gan/fused_motion.hpp"

#include <algorithm>
#include <numeric>

namespace gyre::gan {

namespace {

using Layer = FusedMlp::Layer;

std::size_t size_of(std::int64_t rows, std::int64_t columns) {
  return static_cast<std::size_t>(rows * columns);
}

void grow(Numbers& numbers, std::size_t size) {
  if (numbers.size() < size) numbers.resize(size);
}

const float* input_of(const FusedMlp::Trace& trace, std::size_t layer) {
  return layer == 0 ? trace.input : trace.outputs[layer - 1].data();
}

}  // namespace

bool is_piecewise_linear(const FusedMlp& network) {
  return std::all_of(network.layers().begin(), network.layers().end(),
                     [](const Layer& layer) { return layer.kind == FusedMlp::Kind::kLinear; });
}

bool is_score(const FusedMlp& network) {
  return is_piecewise_linear(network) && network.layers().size() >= 2 &&
         network.layers().back().out == 1 && network.layers().back().leak == 1.0f;
}

void FusedMotion::begin(const float* parameters, const float* along, std::int64_t batch) {
  parameters_ = parameters, along_ = along;
  if (along) mlp_->pack(along, batch, packed_along_);
  outputs_.resize(count_);
}

const float* FusedMotion::forward(const FusedMlp::Packed& packed, const FusedMlp::Trace& trace,
                                  const float* input) {
  const Kernels& kernels = mlp_->kernels();
  input_ = input;
  const float* moves = input;
  if (!along_ && !input) return nullptr;
  for (std::size_t k = 0; k < count_; ++k) {
    const Layer& layer = mlp_->layers()[k];
    const std::int64_t n = trace.batch, size = n * layer.out;
    outputs_[k].resize(static_cast<std::size_t>(size));
    float* to = outputs_[k].data();
    if (along_) {
      const float* v = along_ + layer.first;
      kernels.forward(input_of(trace, k), v, packed_along_[k].data(), v + layer.in * layer.out, to,
                      n, layer.in, layer.out, 1.0f);
    }
    if (moves) {
      grow(zeros_, static_cast<std::size_t>(layer.out));
      grow(more_, static_cast<std::size_t>(size));
      float* own = along_ ? more_.data() : to;
      kernels.forward(moves, parameters_ + layer.first, packed[k].data(), zeros_.data(), own, n,
                      layer.in, layer.out, 1.0f);
      if (along_) kernels.add(to, own, size);
    }
    if (layer.leak != 1.0f) kernels.relu_slope(to, trace.outputs[k].data(), size, layer.leak);
    moves = to;
  }
  return moves;
}

void FusedMotion::backward(FusedMlp::Trace& trace, Numbers& slope, Numbers& moved, float* products,
                           bool to_input, bool slope_too) {
  const Kernels& kernels = mlp_->kernels();
  const std::int64_t n = trace.batch;
  const bool moves = along_ || input_;
  auto x_moves_of = [&](std::size_t k) {
    return !moves ? nullptr : k == 0 ? input_ : outputs_[k - 1].data();
  };
  // Slopes themselves are needed where they meet a motion, or by the caller.
  auto needs_slope = [&](std::size_t k) {
    return slope_too || (along_ && (k > 0 || to_input)) || (products && x_moves_of(k));
  };
  bool bent = false;  // whether both are already by what comes into the layer's relu
  for (std::size_t k = count_; k-- > 0;) {
    const Layer& layer = mlp_->layers()[k];
    const float *x = input_of(trace, k), *y = trace.outputs[k].data();
    const float* w = parameters_ + layer.first;
    const float* x_moves = x_moves_of(k);
    grow(room_, static_cast<std::size_t>(packed_size(layer.in, layer.out)));
    if (!bent && layer.leak != 1.0f) {
      kernels.relu_slope(moved.data(), y, n * layer.out, layer.leak);
      if (needs_slope(k)) kernels.relu_slope(slope.data(), y, n * layer.out, layer.leak);
    }
    if (products) {
      float *dw = products + layer.first, *db = dw + layer.in * layer.out;
      kernels.weights(moved.data(), x, dw, db, n, layer.in, layer.out, room_.data());
      if (x_moves) {
        grow(unused_, static_cast<std::size_t>(layer.out));  // biases meet no motion of x
        kernels.weights(slope.data(), x_moves, dw, unused_.data(), n, layer.in, layer.out,
                        room_.data());
      }
    }
    if (k == 0 && !to_input) return;
    const float before = k == 0 ? 1.0f : mlp_->layers()[k - 1].leak;
    const float* sign = before == 1.0f ? nullptr : x;
    bent = sign;
    const std::size_t size = size_of(n, layer.in);
    Numbers& next = trace.next;
    next.resize(size);
    kernels.slope(moved.data(), w, next.data(), n, layer.in, layer.out, sign, before, room_.data());
    if (along_) {
      grow(more_, size);
      kernels.slope(slope.data(), along_ + layer.first, more_.data(), n, layer.in, layer.out, sign,
                    before, room_.data());
      kernels.add(next.data(), more_.data(), static_cast<std::int64_t>(size));
    }
    moved.swap(next);
    if (k == 0 ? !slope_too : !needs_slope(k - 1)) continue;
    next.resize(size);
    kernels.slope(slope.data(), w, next.data(), n, layer.in, layer.out, sign, before, room_.data());
    slope.swap(next);
  }
}

const float* FusedScore::x(const FusedMlp::Trace& trace) const { return input_of(trace, first()); }

void FusedScore::begin(const float* parameters, const float* along, std::int64_t batch) {
  const Kernels& kernels = mlp_->kernels();
  const Layer &layer = mlp_->layers()[first()], &last = mlp_->layers().back();
  const std::int64_t in = layer.in, out = layer.out;
  parameters_ = parameters, along_ = along;
  ones_.assign(static_cast<std::size_t>(std::max(batch, out)), 1.0f);
  for (Numbers* sums : {&moved_x_, &slope_x_}) sums->assign(size_of(out, in), 0.0f);
  for (Numbers* sums : {&moved_, &slope_}) sums->assign(static_cast<std::size_t>(out), 0.0f);
  moved_sum_ = 0.0;
  if (!along) return;
  const float *w = parameters + layer.first, *v = parameters + last.first;
  const float *dw = along + layer.first, *dv = along + last.first;
  moving_.resize(size_of(out, in));
  kernels.mixed_rows(dv, w, v, dw, out, in, moving_.data());
  constants_.resize(static_cast<std::size_t>(out));
  for (std::int64_t j = 0; j < out; ++j)
    constants_[static_cast<std::size_t>(j)] = dv[j] * w[out * in + j] + v[j] * dw[out * in + j];
}

void FusedScore::slopes(FusedMlp::Trace& trace, Numbers& slopes) {
  const SignKernels& sign_kernels = mlp_->sign_kernels();
  const Layer& layer = mlp_->layers()[first()];
  const std::int64_t n = trace.batch, in = layer.in, out = layer.out;
  trace.down.resize(size_of(out, words_of(n)));
  trace.across.resize(size_of(n, words_of(out)));
  sign_kernels.signs(y(trace), n, out, trace.down.data());
  sign_kernels.turned(trace.down.data(), n, out, trace.across.data());
  slopes.resize(size_of(n, in));
  sign_kernels.signed_sums({trace.across.data(), n, out, in, layer.leak, parameters_ + layer.first,
                            parameters_ + mlp_->layers().back().first, ones_.data(), nullptr, 1.0f,
                            false, slopes.data()});
}

void FusedScore::motion(FusedMlp::Trace& trace, const Numbers& slopes, const float* x_moves,
                        Numbers& to) {
  const Kernels& kernels = mlp_->kernels();
  const SignKernels& sign_kernels = mlp_->sign_kernels();
  const Layer& layer = mlp_->layers()[first()];
  const std::int64_t n = trace.batch, in = layer.in, out = layer.out;
  to.assign(static_cast<std::size_t>(n), 0.0f);
  if (along_) {
    turning_.resize(size_of(n, in));
    sign_kernels.signed_sums({trace.across.data(), n, out, in, layer.leak, moving_.data(), nullptr,
                              ones_.data(), nullptr, 1.0f, false, turning_.data()});
    sign_kernels.signed_dots(y(trace), n, out, layer.leak, constants_.data(), to.data());
    kernels.row_dots(turning_.data(), x(trace), n, in, true, to.data());
    const float bias = along_[mlp_->layers().back().first + out];
    for (float& each : to) each += bias;
  }
  if (x_moves) kernels.row_dots(slopes.data(), x_moves, n, in, true, to.data());
}

void FusedScore::backward(FusedMlp::Trace& trace, const Numbers& slopes, const float* x_moves,
                          const Numbers& loss_slope, const Numbers& loss_moved, bool counts,
                          Numbers& slope, Numbers& moved) {
  const Kernels& kernels = mlp_->kernels();
  const SignKernels& sign_kernels = mlp_->sign_kernels();
  const Layer& layer = mlp_->layers()[first()];
  const std::int64_t n = trace.batch, in = layer.in, out = layer.out;
  if (counts) {
    auto sum = [&](const float* rows, const float* scale, Numbers& to) {
      sign_kernels.signed_sums({trace.down.data(), out, n, in, layer.leak, rows, scale,
                                ones_.data(), nullptr, 1.0f, true, to.data()});
    };
    if (x_moves) {
      rows_.resize(size_of(n, in));
      kernels.mixed_rows(loss_moved.data(), x(trace), loss_slope.data(), x_moves, n, in,
                         rows_.data());
      sum(rows_.data(), nullptr, moved_x_);
    } else {
      sum(x(trace), loss_moved.data(), moved_x_);
    }
    sign_kernels.signed_totals(y(trace), n, out, layer.leak, loss_moved.data(), ones_.data(),
                               moved_.data());
    moved_sum_ = std::accumulate(loss_moved.begin(), loss_moved.end(), moved_sum_);
    if (along_) {
      sum(x(trace), loss_slope.data(), slope_x_);
      sign_kernels.signed_totals(y(trace), n, out, layer.leak, loss_slope.data(), ones_.data(),
                                 slope_.data());
    }
  }
  slope.resize(size_of(n, in));
  moved.resize(size_of(n, in));
  kernels.mixed_rows(loss_slope.data(), slopes.data(), nullptr, nullptr, n, in, slope.data());
  kernels.mixed_rows(loss_moved.data(), slopes.data(), loss_slope.data(),
                     along_ ? turning_.data() : nullptr, n, in, moved.data());
}

// With u for what a row's relu gives, v . u = the sum over j of v_j s_j (w_j x + b_j): its slopes
// by v, w and b are sums over rows, whose motions are those of the loss's slopes and of x, and,
// where they enter a product with a parameter, of that.
void FusedScore::end(float* products) {
  const Kernels& kernels = mlp_->kernels();
  const Layer &layer = mlp_->layers()[first()], &last = mlp_->layers().back();
  const std::int64_t in = layer.in, out = layer.out;
  const float *w = parameters_ + layer.first, *b = w + out * in, *v = parameters_ + last.first;
  float *dw = products + layer.first, *db = dw + out * in, *dv = products + last.first;
  rows_.resize(size_of(out, in));
  const float *w_moves = nullptr, *b_moves = nullptr, *v_moves = nullptr;
  if (along_) {
    w_moves = along_ + layer.first, b_moves = w_moves + out * in, v_moves = along_ + last.first;
  }
  kernels.mixed_rows(v, moved_x_.data(), v_moves, along_ ? slope_x_.data() : nullptr, out, in,
                     rows_.data());
  kernels.add(dw, rows_.data(), out * in);
  kernels.row_dots(w, moved_x_.data(), out, in, true, dv);
  if (along_) kernels.row_dots(w_moves, slope_x_.data(), out, in, true, dv);
  for (std::int64_t j = 0; j < out; ++j) {
    const auto at = static_cast<std::size_t>(j);
    dv[j] += b[j] * moved_[at];
    db[j] += v[j] * moved_[at];
    if (!along_) continue;
    dv[j] += b_moves[j] * slope_[at];
    db[j] += v_moves[j] * slope_[at];
  }
  dv[out] += static_cast<float>(moved_sum_);
}

}  // namespace gyre::gan
