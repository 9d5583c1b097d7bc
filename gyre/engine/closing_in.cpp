#include "gyre/engine/closing_in.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/engine/looks.hpp"

namespace gyre {

namespace {

double squared_distance(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

}  // namespace

ClosingIn::ClosingIn(std::size_t lanes, std::uint64_t steps,
                     const std::vector<std::vector<double>>& points)
    : steps_(steps), points_(points), seen_(lanes) {}

std::uint64_t ClosingIn::every() const { return kLookEvery; }

void ClosingIn::see(std::size_t lane, std::uint64_t step, std::span<const double> point) {
  if (step < steps_ / 2 || steps_ < 8 * kLookEvery) return;
  Seen& seen = seen_[lane];
  if (seen.point < 0) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < points_.size(); ++k) {
      const double d = squared_distance(point, points_[k]);
      if (d < least) least = d, seen.point = static_cast<int>(k);
    }
    if (seen.point < 0) return;
  }
  const auto part = std::min<std::uint64_t>(3, (step - steps_ / 2) / (steps_ / 8));
  seen.farthest[part] = std::max(
      seen.farthest[part], squared_distance(point, points_[static_cast<std::size_t>(seen.point)]));
}

bool ClosingIn::is(std::size_t lane) const {
  const double kClearly = 2.0 * std::log(0.75);  // of a squared distance
  const Seen& seen = seen_[lane];
  if (seen.point < 0 || !(seen.farthest[3] > 0.0)) return false;
  std::array<double, 3> change;
  for (std::size_t k = 0; k < 3; ++k) change[k] = std::log(seen.farthest[k + 1] / seen.farthest[k]);
  return change[0] < 0.0 && change[1] < 0.0 && change[2] < 0.5 * change[0] &&
         change[0] + change[1] + change[2] < kClearly;
}

}  // namespace gyre
