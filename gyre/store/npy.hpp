#pragma once

#include <cstddef>
#include <span>

#include "gyre/store/file.hpp"

namespace gyre {

/// Writes a table of doubles, row by row, in NumPy's format (version 1.0).
void write_npy(FileWriter& out, std::span<const double> values, std::size_t rows,
               std::size_t columns);

}  // namespace gyre
