#include "gyre/data/data.hpp"

#include <filesystem>

#include "gyre/data/catalogue.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/data/point_data.hpp"
#include "gyre/data/synthetic.hpp"

namespace gyre {

std::vector<std::pair<std::string, double>> Data::judge(std::span<const float>) const { return {}; }

std::size_t Data::size() const {
  std::size_t size = 1;
  for (const std::int64_t n : shape()) size *= static_cast<std::size_t>(n);
  return size;
}

std::unique_ptr<Data> make_data(std::string_view name_or_path, const DataOptions& options,
                                const DataPlaces& places) {
  if (auto made = make_synthetic(name_or_path)) return made;
  if (auto points = load_points(name_or_path)) {
    if (options.part == DataPart::kTest) refuse_test(name_or_path);
    return points;
  }
  return std::make_unique<ImageData>(load_images(name_or_path, options.part, options.size, places),
                                     options.low, options.high);
}

std::string lasting_name(std::string_view name_or_path) {
  if (find_data(name_or_path)) return std::string(name_or_path);
  return std::filesystem::absolute(name_or_path).lexically_normal().string();
}

}  // namespace gyre
