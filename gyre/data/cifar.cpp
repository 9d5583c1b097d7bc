#include "gyre/data/cifar.hpp"

#include <fmt/format.h>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

Images parse_cifar(std::string_view bytes, const std::string& source) {
  constexpr int kClasses = 10;
  if (bytes.empty() || bytes.size() % kCifarRecord != 0)
    throw Error(
        fmt::format("{} is no CIFAR-10 file, or is cut short: it has {} bytes, no multiple of "
                    "the {} of a picture with its label",
                    as_typed(source), bytes.size(), kCifarRecord));
  Images images{.width = 32, .height = 32, .channels = 3};
  images.pixels.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += kCifarRecord) {
    const int label = static_cast<unsigned char>(bytes[i]);
    if (label >= kClasses)
      throw Error(
          fmt::format("{} is no CIFAR-10 file: picture {} has the label {}, and labels are 0 "
                      "to {}",
                      as_typed(source), i / kCifarRecord, label, kClasses - 1));
    images.labels.push_back(label);
    const std::string_view pixels = bytes.substr(i + 1, kCifarRecord - 1);
    images.pixels.insert(images.pixels.end(), pixels.begin(), pixels.end());
  }
  return images;
}

}  // namespace gyre
