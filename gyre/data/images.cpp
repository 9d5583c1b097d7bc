#include "gyre/data/images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb/stb_image_resize.h>

namespace gyre {

namespace {

constexpr std::size_t kMostAcross = 4096;

/// The middle part of one channel that has the proportions of what is wanted.
struct Cut {
  std::size_t left, top, width, height;
};

Cut cut_of(const ImageSize& from, const ImageSize& to) {
  std::size_t width = from.width, height = from.height;
  if (width * to.height > height * to.width)
    width = std::max<std::size_t>(1, (height * to.width + to.height / 2) / to.height);
  else
    height = std::max<std::size_t>(1, (width * to.height + to.width / 2) / to.width);
  width = std::min(width, from.width), height = std::min(height, from.height);
  return {(from.width - width) / 2, (from.height - height) / 2, width, height};
}

}  // namespace

std::size_t Images::class_count() const {
  return labels.empty() ? 0 : static_cast<std::size_t>(*std::ranges::max_element(labels)) + 1;
}

ImageSize parse_image_size(std::string_view text) {
  std::vector<std::size_t> numbers;
  for (const std::string_view piece : split(text, 'x')) {
    const auto value = to_number(piece);
    if (!value || !(*value >= 1.0 && *value <= static_cast<double>(kMostAcross)) ||
        *value != std::floor(*value))
      numbers.clear(), numbers.resize(9);
    else
      numbers.push_back(static_cast<std::size_t>(*value));
  }
  const bool right =
      numbers.size() == 2 || (numbers.size() == 3 && (numbers[2] == 1 || numbers[2] == 3));
  if (!right)
    throw Error(
        fmt::format("{} is no size of pictures: WIDTHxHEIGHT of 1 to {}, such as 28x28, and "
                    "x1 or x3 behind it for grey or colour",
                    as_typed(text), kMostAcross));
  return {numbers[0], numbers[1], numbers.size() == 3 ? numbers[2] : 0};
}

std::string size_text(std::size_t width, std::size_t height, std::size_t channels) {
  return fmt::format("{} x {}, {}", width, height, channels == 1 ? "grey" : "colour");
}

std::vector<std::uint8_t> resized(std::span<const std::uint8_t> pixels, const ImageSize& from,
                                  const ImageSize& to) {
  const Cut cut = cut_of(from, to);
  const std::size_t area = to.width * to.height;
  std::vector<std::uint8_t> result(area * from.channels);
  for (std::size_t c = 0; c < from.channels; ++c) {
    const std::uint8_t* first = pixels.data() + (c * from.height + cut.top) * from.width + cut.left;
    const auto number = [](std::size_t n) { return static_cast<int>(n); };
    const int well =
        stbir_resize_uint8(first, number(cut.width), number(cut.height), number(from.width),
                           result.data() + c * area, number(to.width), number(to.height), 0, 1);
    if (!well) throw std::bad_alloc();
  }
  return result;
}

namespace {

std::vector<std::uint8_t> recolored(std::span<const std::uint8_t> pixels, std::size_t area,
                                    std::size_t channels) {
  std::vector<std::uint8_t> result(area * channels);
  for (std::size_t i = 0; i < area; ++i)
    if (channels == 3) {
      result[i] = result[area + i] = result[2 * area + i] = pixels[i];
    } else {
      // The luminance of ITU-R BT.601, rounded.
      const unsigned sum = 299u * pixels[i] + 587u * pixels[area + i] + 114u * pixels[2 * area + i];
      result[i] = static_cast<std::uint8_t>((sum + 500u) / 1000u);
    }
  return result;
}

}  // namespace

Images resized(Images images, const ImageSize& to) {
  ImageSize from{images.width, images.height, images.channels};
  const ImageSize wanted{to.width ? to.width : from.width, to.height ? to.height : from.height,
                         to.channels ? to.channels : from.channels};
  const bool scaled = wanted.width != from.width || wanted.height != from.height;
  if (!scaled && wanted.channels == from.channels) return images;
  std::vector<std::uint8_t> pixels;
  pixels.reserve(images.count() * wanted.width * wanted.height * wanted.channels);
  for (std::size_t i = 0; i < images.count(); ++i) {
    std::vector<std::uint8_t> one(images.image(i).begin(), images.image(i).end());
    if (scaled) one = resized(one, from, wanted);
    if (wanted.channels != from.channels)
      one = recolored(one, wanted.width * wanted.height, wanted.channels);
    pixels.insert(pixels.end(), one.begin(), one.end());
  }
  images.width = wanted.width, images.height = wanted.height, images.channels = wanted.channels;
  images.pixels = std::move(pixels);
  return images;
}

}  // namespace gyre
