#include "gyre/data/png.hpp"

#include <fmt/format.h>
#include <png.h>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"

namespace gyre {

std::string png_of(const Raster& raster) {
  GYRE_ASSERT(raster.rgb.size() == 3 * raster.width * raster.height);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(raster.width);
  image.height = static_cast<png_uint_32>(raster.height);
  image.format = PNG_FORMAT_RGB;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = bytes.size();
  if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, raster.rgb.data(), 0, nullptr))
    throw Error(fmt::format("cannot make a PNG of {} x {}: {}", raster.width, raster.height,
                            image.message));
  bytes.resize(size);
  return bytes;
}

}  // namespace gyre
