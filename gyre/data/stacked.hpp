#pragma once

#include "gyre/data/images.hpp"

namespace gyre {

/// Pictures of three channels, each a picture of `digits` (grey, ten classes) drawn at random; the
/// label is the number that the three digits make, 0 to 999. `purpose` keeps the draws of the
/// parts apart: the same bits for the same digits, count and purpose.
Images stacked(const Images& digits, std::size_t count, std::string_view purpose);

}  // namespace gyre
