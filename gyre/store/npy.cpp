#include "gyre/store/npy.hpp"

#include <fmt/format.h>

#include <bit>

#include "gyre/core/assert.hpp"

namespace gyre {

static_assert(std::endian::native == std::endian::little, "the numbers are written as they lie");

void write_npy(FileWriter& out, std::span<const double> values, std::size_t rows,
               std::size_t columns) {
  GYRE_ASSERT(values.size() == rows * columns);
  constexpr std::size_t kBefore = 10, kAlign = 64;  // the data begin at a multiple of 64 bytes
  std::string header =
      fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({}, {}), }}", rows, columns);
  header.append(kAlign - 1 - (kBefore + header.size()) % kAlign, ' ');
  header += '\n';
  out.write(std::string_view("\x93NUMPY\x01\x00", 8));
  const char length[] = {static_cast<char>(header.size() & 0xFF),
                         static_cast<char>(header.size() >> 8)};
  out.write({length, 2});
  out.write(header);
  const auto bytes = std::as_bytes(values);
  out.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace gyre
