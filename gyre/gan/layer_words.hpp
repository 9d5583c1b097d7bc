#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::gan {

enum class LayerKind {
  kLinear,
  kConv,
  kTconv,
  kUpsample,
  kReshape,
  kOuter,
  kRelu,
  kLeakyRelu,
  kTanh,
  kSigmoid,
  kLayerNorm,
  kBatchNorm
};

/// A layer as it is written: `spectral conv(64, 4, 2)`.
struct LayerWords {
  static constexpr double kMissing = -1.0;

  LayerKind kind;
  std::array<double, 3> args;  ///< defaults filled in; kMissing for a size that was left out
  bool spectral = false;
};

/// Throws Error that begins with `what`.
LayerWords read_layer(std::string_view text, const std::string& what);

const char* name_of(LayerKind kind);

/// Whether the first layer that minds takes channels, rows and columns, and not a row of numbers.
bool takes_pictures(std::string_view network);

/// The line that `dcgan(WIDTH)` stands for where samples have this shape; any other line as it is.
/// WIDTH is the number of channels next to the picture, doubled with every halving of its side.
/// Throws Error, beginning with `what`, for shapes that it is not made for.
std::string spelled_out(std::string_view network, bool is_generator,
                        const std::vector<std::int64_t>& sample, const std::string& what);

/// 1x28x28.
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace gyre::gan
