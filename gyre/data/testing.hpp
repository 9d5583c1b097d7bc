#pragma once

#include <initializer_list>
#include <string>

#include "gyre/core/error.hpp"
#include "gyre/store/file.hpp"

/// Tiny files for tests.
namespace gyre {

/// An idx file of bytes with these sizes.
inline std::string idx_bytes(std::initializer_list<unsigned> sizes, const std::string& data) {
  std::string bytes("\0\0\x08", 3);
  bytes += static_cast<char>(sizes.size());
  for (const unsigned size : sizes)
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift);
  return bytes + data;
}

/// Bytes 0, 1, 2, ...
inline std::string counting(std::size_t count, int first = 0) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(first + static_cast<int>(i));
  return bytes;
}

/// What the error says that this throws; "nothing" if it throws none.
template <class F>
std::string complaint_of(F&& does) {
  try {
    does();
  } catch (const Error& problem) {
    return problem.what();
  }
  return "nothing";
}

}  // namespace gyre
