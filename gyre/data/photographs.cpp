#include "gyre/data/photographs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "gyre/core/text.hpp"
#include "gyre/data/gzip.hpp"
#include "gyre/store/file.hpp"

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#include <stb/stb_image.h>

namespace gyre {

namespace {

const stbi_uc* start(const std::string& bytes) {
  return reinterpret_cast<const stbi_uc*>(bytes.data());
}

[[noreturn]] void refuse(const std::filesystem::path& file) {
  throw Error(fmt::format("{} cannot be read as PNG or JPEG: {}", as_typed(file.string()),
                          stbi_failure_reason()));
}

/// One picture, channel by channel.
struct Photograph {
  ImageSize size;
  std::vector<std::uint8_t> pixels;
};

std::size_t channels_of(const std::filesystem::path& file) {
  const std::string bytes = read_file(file, kMostDataBytes);
  int width = 0, height = 0, channels = 0;
  if (!stbi_info_from_memory(start(bytes), static_cast<int>(bytes.size()), &width, &height,
                             &channels))
    refuse(file);
  return channels < 3 ? 1 : 3;  // with transparency 2 or 4
}

Photograph read(const std::filesystem::path& file, std::size_t channels) {
  const std::string bytes = read_file(file, std::uint64_t{1} << 30);
  int width = 0, height = 0, had = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> decoded(
      stbi_load_from_memory(start(bytes), static_cast<int>(bytes.size()), &width, &height, &had,
                            static_cast<int>(channels)),
      stbi_image_free);
  if (!decoded) refuse(file);
  Photograph one{{static_cast<std::size_t>(width), static_cast<std::size_t>(height), channels}, {}};
  const std::size_t area = one.size.width * one.size.height;
  one.pixels.resize(area * channels);
  for (std::size_t i = 0; i < area; ++i)
    for (std::size_t c = 0; c < channels; ++c)
      one.pixels[c * area + i] = decoded.get()[i * channels + c];
  return one;
}

}  // namespace

bool is_photograph(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

Images read_photographs(const std::vector<std::filesystem::path>& files, const ImageSize& to) {
  ImageSize wanted = to;
  for (const auto& file : files)
    if (wanted.channels != 3 && to.channels == 0)
      wanted.channels = std::max(wanted.channels, channels_of(file));
  Images images;
  images.channels = wanted.channels;
  for (const auto& file : files) {
    Photograph one = read(file, wanted.channels);
    if (wanted.width == 0) wanted.width = one.size.width, wanted.height = one.size.height;
    if (one.size.width != wanted.width || one.size.height != wanted.height) {
      if (to.width == 0)
        throw Error(
            fmt::format("{} has {} x {} pixels, and {} has {} x {}; pictures of one set have "
                        "one size: say which, such as 32x32",
                        as_typed(file.string()), one.size.width, one.size.height,
                        as_typed(files.front().string()), wanted.width, wanted.height));
      one.pixels = resized(one.pixels, one.size, wanted);
    }
    images.pixels.insert(images.pixels.end(), one.pixels.begin(), one.pixels.end());
  }
  images.width = wanted.width, images.height = wanted.height;
  return images;
}

}  // namespace gyre
