#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gyre {

/// Numbers with a shape, as the safetensors format holds them: little-endian, row by row.
struct StoredTensor {
  std::string type;  ///< "F32" or "F64"
  std::vector<std::uint64_t> shape;
  std::string bytes;

  bool operator==(const StoredTensor&) const = default;
};

/// A file of the safetensors format, which Python's package of that name reads as well.
struct Safetensors {
  std::map<std::string, StoredTensor> tensors;
  std::map<std::string, std::string> metadata;

  /// The file. Its metadata also hold a digest of everything in it, under "sha256".
  std::string bytes() const;
  /// Throws Error, naming `source`, for what is no such file, is cut short, or has a digest and
  /// does not match it.
  static Safetensors read(std::string_view bytes, const std::string& source);
};

}  // namespace gyre
