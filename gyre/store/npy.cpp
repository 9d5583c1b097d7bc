#include "gyre/store/npy.hpp"

#include <fmt/format.h>

#include <bit>

#include "gyre/core/assert.hpp"

namespace gyre {

static_assert(std::endian::native == std::endian::little, "the numbers are written as they lie");

std::string npy_header(std::string_view descr, std::span<const std::uint64_t> shape) {
  constexpr std::size_t kBefore = 10, kAlign = 64;
  std::string sizes;
  for (const std::uint64_t size : shape) sizes += fmt::format("{}, ", size);
  if (shape.size() > 1) sizes.resize(sizes.size() - 2);  // "(5, )" and "(5, 2)"
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", descr, sizes);
  header.append(kAlign - 1 - (kBefore + header.size()) % kAlign, ' ');
  header += '\n';
  GYRE_ASSERT(header.size() < 0x10000);
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xFF);
  bytes += static_cast<char>(header.size() >> 8);
  return bytes + header;
}

void write_npy(FileWriter& out, std::span<const double> values, std::size_t rows,
               std::size_t columns) {
  GYRE_ASSERT(values.size() == rows * columns);
  const std::uint64_t shape[] = {rows, columns};
  out.write(npy_header("<f8", shape));
  const auto bytes = std::as_bytes(values);
  out.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace gyre
