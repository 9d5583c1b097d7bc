#include "gyre/gan/metrics/kernel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/core/assert.hpp"

namespace gyre::gan {

namespace {

Eigen::MatrixXd kernel(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
  const double dimensions = static_cast<double>(x.cols());
  return ((x * y.transpose()).array() / dimensions + 1.0).cube();
}

double discrepancy(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
  const double n = static_cast<double>(x.rows());
  // Without a sample's product with itself: that is what makes it unbiased.
  auto within = [&](const Eigen::MatrixXd& of) {
    const Eigen::MatrixXd k = kernel(of, of);
    return (k.sum() - k.trace()) / (n * (n - 1.0));
  };
  return within(x) + within(y) - 2.0 * kernel(x, y).mean();
}

}  // namespace

KernelDistance kernel_distance(const Features& real, const Features& made, std::int64_t block) {
  const std::int64_t count = std::min(real.rows(), made.rows());
  GYRE_ASSERT(count >= 2 && block >= 2 && real.cols() == made.cols());
  KernelDistance result;
  result.block = std::min(block, count);
  result.blocks = count / result.block;
  Eigen::VectorXd each(result.blocks);
  for (std::int64_t b = 0; b < result.blocks; ++b) {
    const std::int64_t begin = b * result.block;
    each[b] = discrepancy(real.middleRows(begin, result.block).cast<double>(),
                          made.middleRows(begin, result.block).cast<double>());
  }
  result.mean = each.mean();
  result.deviation = result.blocks < 2 ? std::numeric_limits<double>::quiet_NaN()
                                       : std::sqrt((each.array() - result.mean).square().sum() /
                                                   static_cast<double>(result.blocks - 1));
  return result;
}

}  // namespace gyre::gan
