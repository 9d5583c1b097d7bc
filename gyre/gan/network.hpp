#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/gan/layer_words.hpp"
#include "gyre/gan/tensor_game.hpp"

namespace gyre::gan {

/// How a network's weights begin: each uniform within one over the root of its layer's inputs, as
/// PyTorch does it; or normal with deviation 0.02, as DCGANs do it, with zero biases.
enum class Start { kUniform, kNormal };

/// Layers that do not fit together, or not with what goes in and has to come out.
class ShapeError final : public Error {
 public:
  using Error::Error;
};

/// A network as a function of its parameters, written as layers from left to right:
/// `linear(128) | relu | linear(1)`.
///
///   linear(N)           every output a weighted sum of all inputs
///   conv(N, K=3, S=1)   N channels, K by K weights, every S-th pixel; the edges filled with zeros
///   tconv(N, K=4, S=2)  the transpose of that: pictures S times as wide
///   upsample(S=2)       every pixel S by S times
///   reshape(C, H, W)    numbers as channels, rows and columns
///   relu, leaky-relu(A=0.2), tanh, sigmoid
///   outer               all products of two of the numbers: what makes a critic quadratic
///   layer-norm          mean 0, variance 1 over all numbers of a sample, then scaled and shifted
///   batch-norm          the same for each channel over a batch, always this batch's own
///
/// The last of linear, conv and tconv may leave out N. `spectral` before one of them divides its
/// weights, a row an output, by their largest singular value (Miyato, Kataoka, Koyama, Yoshida
/// 2018, Spectral Normalization for Generative Adversarial Networks, arXiv:1802.05957), as sixteen
/// power iterations from a fixed vector find it: no memory, and slopes of what is computed.
class Network {
 public:
  using Kind = LayerKind;
  struct Layer : LayerWords {
    std::size_t first = 0;                 ///< of its parameters in layout()
    std::vector<std::int64_t> shape = {};  ///< of one sample behind it
    std::int64_t in = 0, out = 0;          ///< numbers in one sample before and behind it
  };

  /// Throws Error for what cannot be read or does not fit together. `inputs` is the shape of one
  /// sample, `outputs` how many numbers it must become; `what` begins the messages: "generator".
  Network(std::string_view text, const std::vector<std::int64_t>& inputs, std::int64_t outputs,
          const std::string& what);

  const Layout& layout() const { return layout_; }
  const std::vector<Layer>& layers() const { return layers_; }
  /// Whether what becomes of a sample depends on the others in its batch.
  bool mixes_samples() const;
  /// `x` is a batch of samples, `parameters` as in layout().
  at::Tensor operator()(const std::vector<at::Tensor>& parameters, const at::Tensor& x) const;
  /// Fills a flat block with first weights, each tensor from a stream of its own.
  void start(std::span<float> flat, Start how, std::uint64_t seed, std::string_view purpose) const;

 private:
  void add(const LayerWords& words, bool last, std::int64_t outputs, const std::string& what);

  std::vector<std::int64_t> inputs_;
  std::vector<Layer> layers_;
  Layout layout_;
  std::vector<std::int64_t> fans_;  // inputs of each parameter's layer; 0: ones, -1: zeros
};

}  // namespace gyre::gan
