#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gyre {

/// Pictures of one size, and what they show. A picture is a run of `size()` bytes, channel by
/// channel (grey alone, or red, green, blue), each row by row from the top; 0 is dark.
struct Images {
  std::size_t width = 0, height = 0, channels = 1;
  std::vector<std::uint8_t> pixels = {};
  std::vector<std::int32_t> labels = {};  ///< one a picture, from 0; or none at all
  std::vector<std::string> classes = {};  ///< what the labels stand for, where that is known
  std::string sha256 = {};                ///< over the bytes of the files they were read from

  std::size_t size() const { return channels * height * width; }
  std::size_t count() const { return size() == 0 ? 0 : pixels.size() / size(); }
  std::span<const std::uint8_t> image(std::size_t i) const {
    return std::span(pixels).subspan(i * size(), size());
  }
  /// Different labels, counted by the greatest; 0 without labels.
  std::size_t class_count() const;
};

/// What pictures are made to be; 0 leaves things as they are.
struct ImageSize {
  std::size_t width = 0, height = 0, channels = 0;
};

/// "28x28", or "28x28x3" with channels. Throws Error.
ImageSize parse_image_size(std::string_view text);

/// "28 x 28, grey" or "32 x 32, colour".
std::string size_text(std::size_t width, std::size_t height, std::size_t channels);

/// One picture cut to the wanted proportions about its middle and scaled. `pixels` lie channel by
/// channel.
std::vector<std::uint8_t> resized(std::span<const std::uint8_t> pixels, const ImageSize& from,
                                  const ImageSize& to);

/// All of them. Grey becomes colour by three equal channels, colour grey by its luminance.
Images resized(Images images, const ImageSize& to);

}  // namespace gyre
