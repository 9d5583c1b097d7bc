#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/data/images.hpp"

/// The format of the handwritten digits: 00 00 08 D, then D sizes of four bytes each, the greatest
/// byte first, then the bytes themselves.
namespace gyre {

/// Whether bytes begin as an idx file of bytes does.
bool is_idx(std::string_view bytes);

/// Grey pictures without labels, D = 3. `source` is the file in errors, which say what the header
/// promises and what is there. Throws Error.
Images parse_idx_images(std::string_view bytes, const std::string& source);

/// D = 1. Throws Error.
std::vector<std::int32_t> parse_idx_labels(std::string_view bytes, const std::string& source);

}  // namespace gyre
