#include "gyre/gan/prepare.hpp"

#include <tuple>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/gan/layer_words.hpp"

namespace gyre::gan {

std::pair<float, float> range_of(std::string_view generator) {
  const std::string_view last = trim(split(generator, '|').back());
  return last == "sigmoid" ? std::pair{0.0f, 1.0f} : std::pair{-1.0f, 1.0f};
}

std::shared_ptr<const Data> data_of(const Settings& settings, const DataPlaces& places) {
  DataOptions options;
  std::tie(options.low, options.high) = range_of(settings.generator);
  if (settings.size != "as-is") options.size = parse_image_size(settings.size);
  std::shared_ptr<const Data> data = make_data(settings.data, options, places);
  if (settings.size != "as-is" && data->shape().size() != 3)
    throw Error("size is for pictures, which " + settings.data + " is not");
  return data;
}

namespace {

constexpr std::size_t kMostClasses = 1000;  // every one is a number beside the noise

}  // namespace

std::int64_t classes_of(const Settings& settings, const Data& data) {
  if (!settings.conditional) return 0;
  const auto* pictures = dynamic_cast<const ImageData*>(&data);
  const std::size_t classes = pictures ? pictures->images().class_count() : 0;
  if (classes == 0)
    throw Error("conditional training needs data with labels, and " + as_typed(settings.data) +
                " has none");
  if (classes > kMostClasses)
    throw Error("conditional training takes at most " + std::to_string(kMostClasses) +
                " classes, not " + std::to_string(classes));
  return static_cast<std::int64_t>(classes);
}

Settings spelled_out(Settings settings, const Data& data) {
  settings.generator = spelled_out(settings.generator, true, data.shape(), "generator");
  settings.discriminator =
      spelled_out(settings.discriminator, false, data.shape(), "discriminator");
  return settings;
}

}  // namespace gyre::gan
