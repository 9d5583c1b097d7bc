#include "gyre/data/image_data.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"

namespace gyre {

ImageData::ImageData(Images images, float low, float high) : images_(std::move(images)) {
  if (images_.count() == 0) throw Error("there are no pictures in these data");
  for (int i = 0; i < 256; ++i) values_[i] = low + (high - low) * static_cast<float>(i) / 255.0f;
}

std::vector<std::int64_t> ImageData::shape() const {
  return {static_cast<std::int64_t>(images_.channels), static_cast<std::int64_t>(images_.height),
          static_cast<std::int64_t>(images_.width)};
}

void ImageData::copy(std::size_t i, std::span<float> sample) const {
  const auto pixels = images_.image(i);
  for (std::size_t k = 0; k < pixels.size(); ++k) sample[k] = values_[pixels[k]];
}

void ImageData::draw(Stream& stream, std::span<float> samples) const { draw(stream, samples, {}); }

void ImageData::draw(Stream& stream, std::span<float> samples,
                     std::span<std::int32_t> labels) const {
  const std::size_t size = images_.size(), count = samples.size() / size;
  GYRE_ASSERT(labels.empty() || labels.size() == count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto which =
        static_cast<std::size_t>(stream.uniform() * static_cast<double>(images_.count()));
    copy(which, samples.subspan(i * size, size));
    if (!labels.empty()) labels[i] = images_.labels.empty() ? -1 : images_.labels[which];
  }
}

Images pictures_of(std::span<const float> samples, const std::vector<std::int64_t>& shape,
                   float low, float high) {
  GYRE_ASSERT(shape.size() == 3);
  Images images{.width = static_cast<std::size_t>(shape[2]),
                .height = static_cast<std::size_t>(shape[1]),
                .channels = static_cast<std::size_t>(shape[0])};
  images.pixels.reserve(samples.size());
  for (const float x : samples) {
    const float byte = std::round(255.0f * (x - low) / (high - low));
    images.pixels.push_back(byte > 0.0f ? static_cast<std::uint8_t>(std::min(byte, 255.0f))
                                        : std::uint8_t{0});
  }
  return images;
}

}  // namespace gyre
