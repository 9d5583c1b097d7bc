#include "cli/train_sheets.hpp"

#include <algorithm>

#include "gyre/data/image_data.hpp"
#include "gyre/data/sheet.hpp"
#include "gyre/gan/prepare.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kColumns = 10, kMostRows = 12, kMostClasses = 20;

Images pictures(const gan::Settings& settings, const Data& data,
                const std::vector<float>& samples) {
  const auto [low, high] = gan::range_of(settings.generator);
  return pictures_of(samples, data.shape(), low, high);
}

}  // namespace

bool are_pictures(const Data& data) { return data.shape().size() == 3; }

std::string pictures_sheet(const gan::Settings& settings, const Data& data,
                           const std::vector<float>& samples, std::int64_t classes) {
  const Images images = pictures(settings, data, samples);
  SheetPlan plan{.which = {}, .columns = kColumns};
  const std::size_t rows = static_cast<std::size_t>(classes), count = images.count();
  if (rows > 0 && rows <= kMostClasses && count >= rows) {
    plan.row_a_class = true;
    plan.columns = count / rows;
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t k = 0; k < plan.columns; ++k) plan.which.push_back(k * rows + row);
  } else {
    for (std::size_t i = 0; i < count; ++i) plan.which.push_back(i);
  }
  return png_of(contact_sheet(images, plan));
}

std::string moments_sheet(const gan::Settings& settings, const Data& data,
                          const std::vector<Shown>& shown) {
  const std::size_t rows = std::min(kMostRows, shown.size());
  std::vector<float> all;
  for (std::size_t row = 0; row < rows; ++row) {
    const Shown& moment = shown[rows == 1 ? 0 : row * (shown.size() - 1) / (rows - 1)];
    const std::size_t columns = std::min(kColumns, moment.samples.size() / data.size());
    const auto end = moment.samples.begin() + static_cast<std::ptrdiff_t>(columns * data.size());
    all.insert(all.end(), moment.samples.begin(), end);
  }
  return pictures_sheet(settings, data, all, 0);
}

}  // namespace gyre::cli
