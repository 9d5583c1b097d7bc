#pragma once

#include <memory>
#include <string_view>

#include "gyre/data/data.hpp"

namespace gyre {

/// A data set that is made from random numbers alone; null for any other name.
std::unique_ptr<Data> make_synthetic(std::string_view name);

}  // namespace gyre
