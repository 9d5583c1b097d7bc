#pragma once

#include <cstddef>
#include <vector>

#include "gyre/core/random.hpp"

namespace gyre {

/// 0 to `count` - 1 in an order drawn from a stream (Fisher, Yates).
std::vector<std::size_t> shuffled(std::size_t count, Stream stream);

}  // namespace gyre
