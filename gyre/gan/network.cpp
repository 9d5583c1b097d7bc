#include "gyre/gan/network.hpp"

#include <ATen/ops/batch_norm.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/upsample_nearest2d.h>

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre::gan {

namespace {

constexpr double kMissing = -1.0;

struct LayerWord {
  const char* name;
  int least, most;  // arguments
  std::array<double, 3> initial;
  double low, high;  // of every argument
  bool whole;
};

// In the order of Network::Kind.
constexpr LayerWord kWords[] = {
    {"linear", 0, 1, {kMissing, 0, 0}, 1, 100000, true},
    {"conv", 1, 3, {0, 3, 1}, 1, 4096, true},
    {"upsample", 0, 1, {2, 0, 0}, 1, 64, true},
    {"reshape", 3, 3, {}, 1, 100000, true},
    {"outer", 0, 0, {}, 0, 0, false},
    {"relu", 0, 0, {}, 0, 0, false},
    {"leaky-relu", 0, 1, {0.2, 0, 0}, 0, 1, false},
    {"tanh", 0, 0, {}, 0, 0, false},
    {"sigmoid", 0, 0, {}, 0, 0, false},
    {"layer-norm", 0, 0, {}, 0, 0, false},
    {"batch-norm", 0, 0, {}, 0, 0, false},
};

std::int64_t product(const std::vector<std::int64_t>& shape) {
  std::int64_t all = 1;
  for (const std::int64_t n : shape) all *= n;
  return all;
}

std::string shown(const std::vector<std::int64_t>& shape) {
  std::vector<std::string> words;
  for (const std::int64_t n : shape) words.push_back(std::to_string(n));
  return join(words, "x");
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

/// A layer's place in the table and its arguments.
std::pair<std::size_t, std::vector<double>> read(std::string_view text, const std::string& what) {
  const std::string all(trim(text));
  const std::size_t open = all.find('(');
  const std::string name(trim(all.substr(0, open)));
  std::vector<std::string> known;
  for (const LayerWord& word : kWords) known.emplace_back(word.name);
  std::size_t place = 0;
  while (place < known.size() && known[place] != name) ++place;
  if (place == known.size()) {
    const std::string near = did_you_mean(name, known);
    throw Error(what + ": there is no layer " + as_typed(name) +
                (near.empty() ? "; there are " + join(known, ", ") : near));
  }
  const LayerWord& word = kWords[place];
  std::vector<std::string_view> given;
  if (open != std::string::npos) {
    if (all.back() != ')') throw Error(what + ": " + as_typed(all) + " lacks its ')'");
    given = split(std::string_view(all).substr(open + 1, all.size() - open - 2), ',');
  }
  const int count = static_cast<int>(given.size());
  if (count < word.least || count > word.most)
    throw Error(what + ": " + word.name + " takes " +
                (word.least == word.most
                     ? std::to_string(word.least)
                     : std::to_string(word.least) + " to " + std::to_string(word.most)) +
                " numbers, not " + std::to_string(count));
  std::vector<double> args;
  for (const std::string_view arg : given) {
    const auto value = to_number(trim(arg));
    if (!value || !(*value >= word.low && *value <= word.high) ||
        (word.whole && *value != std::floor(*value)))
      throw Error(what + ": " + word.name + " takes " + (word.whole ? "whole " : "") +
                  "numbers from " + number(word.low) + " to " + number(word.high) + ", not " +
                  as_typed(trim(arg)));
    args.push_back(*value);
  }
  return {place, args};
}

}  // namespace

Network::Network(std::string_view text, const std::vector<std::int64_t>& inputs,
                 std::int64_t outputs, const std::string& what)
    : text_(trim(text)), inputs_(inputs) {
  const std::vector<std::string_view> words = split(text_, '|');
  std::size_t last = words.size();  // the layer that decides how many numbers come out
  for (std::size_t i = 0; i < words.size(); ++i)
    if (trim(words[i]).starts_with("linear")) last = i;
  for (std::size_t i = 0; i < words.size(); ++i) add(words[i], i == last, outputs, what);
  const std::int64_t made = product(layers_.back().shape);
  if (made != outputs)
    throw Error(what + ": it gives " + shown(layers_.back().shape) + ", which is " +
                std::to_string(made) + " numbers, and " + std::to_string(outputs) + " are needed");
}

void Network::add(std::string_view text, bool last, std::int64_t outputs, const std::string& what) {
  const auto [place, given] = read(text, what);
  Layer layer{static_cast<Kind>(place), kWords[place].initial, layout_.size(),
              layers_.empty() ? inputs_ : layers_.back().shape};
  std::copy(given.begin(), given.end(), layer.args.begin());
  const std::string name = std::to_string(layers_.size());
  auto parameter = [&](const char* part, std::vector<std::int64_t> shape, std::int64_t fan) {
    layout_.push_back({name + "." + part, std::move(shape)});
    fans_.push_back(fan);
  };
  auto arg = [&](std::size_t i) { return static_cast<std::int64_t>(layer.args[i]); };
  std::vector<std::int64_t>& shape = layer.shape;
  const std::vector<std::int64_t> before = shape;
  const bool pixels = layer.kind == Kind::kConv || layer.kind == Kind::kUpsample;
  if (pixels && shape.size() != 3)
    throw Error(what + ": " + kWords[place].name + " works on pictures, and what comes in is " +
                shown(shape) + "; reshape(C, H, W) makes some");
  switch (layer.kind) {
    case Kind::kLinear: {
      if (layer.args[0] == kMissing && !last)
        throw Error(what + ": only the last linear layer may leave out its size");
      const std::int64_t in = product(shape), out = layer.args[0] == kMissing ? outputs : arg(0);
      parameter("weight", {out, in}, in);
      parameter("bias", {out}, in);
      shape = {out};
      break;
    }
    case Kind::kConv: {
      const std::int64_t in = shape[0], out = arg(0), k = arg(1), s = arg(2);
      parameter("weight", {out, in, k, k}, in * k * k);
      parameter("bias", {out}, in * k * k);
      for (std::size_t d : {1, 2}) shape[d] = (shape[d] + 2 * (k / 2) - k) / s + 1;
      if (shape[1] < 1 || shape[2] < 1) throw Error(what + ": conv leaves no pixel");
      shape[0] = out;
      break;
    }
    case Kind::kUpsample:
      shape[1] *= arg(0), shape[2] *= arg(0);
      break;
    case Kind::kReshape:
      if (product(shape) != arg(0) * arg(1) * arg(2))
        throw Error(what + ": " + shown(shape) + " cannot be reshaped to " +
                    shown({arg(0), arg(1), arg(2)}));
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
  for (const Layer& layer : layers_) {
    auto part = [&](std::size_t i) { return p[layer.first + i]; };
    auto arg = [&](std::size_t i) { return static_cast<std::int64_t>(layer.args[i]); };
    switch (layer.kind) {
      case Kind::kLinear:
        if (y.dim() != 2) y = y.flatten(1);
        y = at::linear(y, part(0), part(1));
        break;
      case Kind::kConv:
        y = at::conv2d(y, part(0), part(1), arg(2), arg(1) / 2);
        break;
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
