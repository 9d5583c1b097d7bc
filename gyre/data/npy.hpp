#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gyre/data/images.hpp"

namespace gyre {

/// Pictures in NumPy's format: (count, height, width), or with 1 or 3 channels before or behind the
/// height and width. Bytes are taken as they are; floats lie in [0, 1], in [-1, 1] if one is
/// negative, or in [0, 255] if one is above 1. Where both places could hold channels, those before
/// do. `source` is the file in errors. Throws Error.
Images parse_npy_images(std::string_view bytes, const std::string& source);

/// Throws Error, as for files that end too early.
std::vector<std::size_t> npy_shape(std::string_view bytes, const std::string& source);

/// Any numbers, and their shape.
struct NpyNumbers {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};
NpyNumbers parse_npy_numbers(std::string_view bytes, const std::string& source);

/// Whole numbers from 0, one dimension. Throws Error.
std::vector<std::int32_t> parse_npy_labels(std::string_view bytes, const std::string& source);

}  // namespace gyre
