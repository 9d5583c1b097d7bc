#include "gyre/data/sheet.hpp"

#include <algorithm>

#include "gyre/core/assert.hpp"

namespace gyre {

SheetPlan plan_sheet(const Images& images, std::size_t count) {
  constexpr std::size_t kColumns = 10, kMostRows = 10;
  SheetPlan plan;
  const std::size_t classes = images.class_count(), each = count / kColumns;
  if (classes >= 2 && classes <= kMostRows && each > 0) {
    std::vector<std::vector<std::size_t>> rows(classes);
    for (std::size_t i = 0; i < images.count(); ++i)
      if (auto& row = rows[static_cast<std::size_t>(images.labels[i])]; row.size() < each)
        row.push_back(i);
    plan.row_a_class = std::ranges::all_of(rows, [&](const auto& r) { return r.size() == each; });
    for (const auto& row : rows) plan.which.insert(plan.which.end(), row.begin(), row.end());
    plan.columns = each;
  }
  if (plan.row_a_class) return plan;
  plan.which.clear();
  plan.columns = kColumns;
  for (std::size_t i = 0; i < std::min(count, images.count()); ++i) plan.which.push_back(i);
  return plan;
}

Raster contact_sheet(const Images& images, const SheetPlan& plan) {
  constexpr std::size_t kGap = 2, kAcross = 56;
  constexpr std::uint8_t kBehind = 0x80;
  GYRE_ASSERT(!plan.which.empty());
  const std::size_t factor = std::max<std::size_t>(1, kAcross / images.width);
  const std::size_t columns = std::min(plan.columns, plan.which.size());
  const std::size_t rows = (plan.which.size() + columns - 1) / columns;
  const std::size_t wide = factor * images.width, high = factor * images.height;
  Raster sheet{columns * (wide + kGap) + kGap, rows * (high + kGap) + kGap, {}};
  sheet.rgb.assign(3 * sheet.width * sheet.height, kBehind);
  const std::size_t area = images.width * images.height;
  for (std::size_t k = 0; k < plan.which.size(); ++k) {
    const auto pixels = images.image(plan.which[k]);
    const std::size_t left = kGap + k % columns * (wide + kGap);
    const std::size_t top = kGap + k / columns * (high + kGap);
    for (std::size_t y = 0; y < high; ++y)
      for (std::size_t x = 0; x < wide; ++x)
        for (std::size_t c = 0; c < 3; ++c)
          sheet.rgb[3 * ((top + y) * sheet.width + left + x) + c] =
              pixels[(images.channels == 3 ? c : 0) * area + y / factor * images.width +
                     x / factor];
  }
  return sheet;
}

}  // namespace gyre
