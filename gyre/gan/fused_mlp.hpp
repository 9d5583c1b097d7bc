#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <vector>

#include "gyre/gan/kernels.hpp"
#include "gyre/gan/network.hpp"
#include "gyre/gan/sign_kernels.hpp"

namespace gyre::gan {

/// Memory that begins where a cache line does, for vectors.
template <class T>
struct AtLines {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};
  AtLines() = default;
  template <class U>
  AtLines(const AtLines<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
  void deallocate(T* at, std::size_t) { ::operator delete(at, kLine); }
  bool operator==(const AtLines&) const = default;
};
using Numbers = std::vector<float, AtLines<float>>;

/// A network of linear layers, activations and layer norms, and its slopes, without autograd: what
/// a first-order rule needs of small networks, where libtorch would spend its time on calls.
class FusedMlp {
 public:
  /// What a pass forward leaves for the pass backward; its memory is used again by the next one.
  struct Trace {
    std::int64_t batch = 0;
    const float* input = nullptr;
    std::vector<Numbers> outputs;  ///< of every layer, a sample a row
    std::vector<Numbers> scales;   ///< of every norm, one over a row's deviation
    Numbers slope, next, room;
    std::vector<std::uint64_t> down, across;  ///< the last activation's signs

    const float* output() const { return outputs.back().data(); }
  };

  /// Nothing for networks with other layers.
  static std::optional<FusedMlp> of(const Network& network);

  /// The weights of linear layers as passes forward want them, of at most `batch` rows each.
  using Packed = std::vector<Numbers>;
  void pack(const float* parameters, std::int64_t batch, Packed& packed) const;
  /// `x` is `batch` rows and must live until backward().
  void forward(const float* parameters, const Packed& packed, const float* x, std::int64_t batch,
               Trace& trace) const;
  /// Numbers in the widest of its rows.
  std::int64_t width() const;
  /// From the slope of a loss at the output, a row a sample: adds its slopes at the parameters to
  /// `parameter_slopes`, unless that is null, and writes its slope at the input to `input_slope`,
  /// unless that is null.
  void backward(const float* parameters, Trace& trace, const float* output_slope,
                float* parameter_slopes, float* input_slope) const;

  enum class Kind { kLinear, kRelu, kTanh, kSigmoid, kNorm };
  struct Layer {
    Kind kind;
    std::int64_t in, out;  ///< numbers in a row
    std::int64_t first;    ///< of its parameters: weights, then biases
    float leak;            ///< of a relu, or of the one that a linear layer ends with; 1: of none
  };
  const std::vector<Layer>& layers() const { return layers_; }
  const Kernels& kernels() const { return *kernels_; }
  const SignKernels& sign_kernels() const { return *sign_kernels_; }

 private:
  FusedMlp() = default;

  bool ends_in_signs(std::int64_t batch) const;
  void sum_by_signs(const float* parameters, Trace& trace, const float* output_slope,
                    float* parameter_slopes, bool goes_on) const;

  const Kernels* kernels_ = &kernel_choices().front();
  const SignKernels* sign_kernels_ = &sign_kernel_choices().front();
  std::vector<Layer> layers_;
};

}  // namespace gyre::gan
