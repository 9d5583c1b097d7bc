#pragma once

#include <string>
#include <string_view>

#include "gyre/data/images.hpp"

namespace gyre {

/// Bytes of one picture in the binary files of CIFAR-10: a label, then 32 x 32 of red, green, blue.
constexpr std::size_t kCifarRecord = 1 + 3 * 32 * 32;

/// The pictures of one such file, with labels. `source` is the file in errors. Throws Error.
Images parse_cifar(std::string_view bytes, const std::string& source);

}  // namespace gyre
