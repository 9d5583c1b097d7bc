#include "gyre/data/stacked.hpp"

#include "gyre/core/assert.hpp"
#include "gyre/core/random.hpp"

namespace gyre {

Images stacked(const Images& digits, std::size_t count, std::string_view purpose) {
  constexpr std::uint64_t kSeed = 0;
  GYRE_ASSERT(digits.channels == 1 && digits.labels.size() == digits.count() &&
              digits.count() > 0 && digits.class_count() <= 10);
  Images images{.width = digits.width, .height = digits.height, .channels = 3};
  images.pixels.reserve(count * images.size());
  images.labels.reserve(count);
  Stream stream(kSeed, purpose);
  for (std::size_t i = 0; i < count; ++i) {
    std::int32_t label = 0;
    for (int channel = 0; channel < 3; ++channel) {
      const auto which =
          static_cast<std::size_t>(stream.uniform() * static_cast<double>(digits.count()));
      const auto pixels = digits.image(which);
      images.pixels.insert(images.pixels.end(), pixels.begin(), pixels.end());
      label = 10 * label + digits.labels[which];
    }
    images.labels.push_back(label);
  }
  images.sha256 = digits.sha256;
  return images;
}

}  // namespace gyre
