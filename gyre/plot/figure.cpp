#include "gyre/plot/figure.hpp"

#include <algorithm>

namespace gyre::plot {

Grid sample(const std::function<double(double, double)>& f, const Box& box, int columns, int rows) {
  const auto spaced = [](double low, double high, int count) {
    std::vector<double> at;
    for (int i = 0; i < count; ++i) at.push_back(low + (high - low) * i / std::max(count - 1, 1));
    return at;
  };
  Grid grid{spaced(box.x_low, box.x_high, columns), spaced(box.y_low, box.y_high, rows), {}};
  for (const double y : grid.y)
    for (const double x : grid.x) grid.z.push_back(f(x, y));
  return grid;
}

}  // namespace gyre::plot
