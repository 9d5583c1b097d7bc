#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gyre {

/// Points of red, green and blue, row by row from the top.
struct Raster {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> rgb = {};
};

/// As a PNG file.
std::string png_of(const Raster& raster);

}  // namespace gyre
