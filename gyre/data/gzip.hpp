#pragma once

#include <filesystem>
#include <string>

namespace gyre {

/// No file of data may be larger than this, packed or not.
constexpr std::uint64_t kMostDataBytes = std::uint64_t{1} << 32;

/// The whole file, unpacked if it was packed by gzip, whatever its name says. Throws FileError.
std::string read_unpacked(const std::filesystem::path& path);

}  // namespace gyre
