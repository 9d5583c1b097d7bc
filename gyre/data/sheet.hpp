#pragma once

#include <span>

#include "gyre/data/images.hpp"
#include "gyre/data/png.hpp"

namespace gyre {

/// Which pictures a sheet shows, row by row.
struct SheetPlan {
  std::vector<std::size_t> which;
  std::size_t columns = 10;
  bool row_a_class = false;  ///< row i shows class i
};

/// The first pictures of every class, a row a class, if there are at most ten classes and each has
/// `count` / 10 of them; else the first `count`, ten a row.
SheetPlan plan_sheet(const Images& images, std::size_t count);

/// The pictures side by side on grey, small ones enlarged by a whole factor.
Raster contact_sheet(const Images& images, const SheetPlan& plan);

}  // namespace gyre
