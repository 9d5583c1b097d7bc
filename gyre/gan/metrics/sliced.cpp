#include "gyre/gan/metrics/sliced.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/core/random.hpp"

namespace gyre::gan {

namespace {

/// Squared, of two sorted sets: the quantile functions are steps, of different width where the sets
/// are of different size.
double along(const Eigen::VectorXf& a, const Eigen::VectorXf& b) {
  const auto n = static_cast<std::uint64_t>(a.size()), m = static_cast<std::uint64_t>(b.size());
  double sum = 0.0;
  std::uint64_t i = 0, j = 0, done = 0;  // shares in units of 1 / (n m)
  while (i < n && j < m) {
    const std::uint64_t end = std::min((i + 1) * m, (j + 1) * n);
    const double apart = static_cast<double>(a[static_cast<Eigen::Index>(i)]) -
                         static_cast<double>(b[static_cast<Eigen::Index>(j)]);
    sum += static_cast<double>(end - done) * apart * apart;
    done = end;
    i += end == (i + 1) * m;
    j += end == (j + 1) * n;
  }
  return sum / (static_cast<double>(n) * static_cast<double>(m));
}

}  // namespace

double sliced_wasserstein(const Features& a, const Features& b, int directions,
                          std::uint64_t seed) {
  GYRE_ASSERT(a.rows() > 0 && b.rows() > 0 && a.cols() == b.cols() && directions > 0);
  double sum = 0.0;
  for (int d = 0; d < directions; ++d) {
    Stream stream(seed, "metrics.direction", static_cast<std::uint64_t>(d));
    Eigen::VectorXf direction(a.cols());
    for (float& x : direction) x = static_cast<float>(stream.normal());
    direction.normalize();
    Eigen::VectorXf on_a = a * direction, on_b = b * direction;
    std::sort(on_a.begin(), on_a.end());
    std::sort(on_b.begin(), on_b.end());
    sum += along(on_a, on_b);
  }
  return std::sqrt(sum / directions);
}

}  // namespace gyre::gan
