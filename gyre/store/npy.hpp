#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gyre/store/file.hpp"

namespace gyre {

/// What stands before the numbers of an array in NumPy's format (version 1.0), a multiple of 64
/// bytes. `descr` names their type as NumPy does: "<f8", "|u1".
std::string npy_header(std::string_view descr, std::span<const std::uint64_t> shape);

/// Writes a table of doubles, row by row, in NumPy's format (version 1.0).
void write_npy(FileWriter& out, std::span<const double> values, std::size_t rows,
               std::size_t columns);

}  // namespace gyre
