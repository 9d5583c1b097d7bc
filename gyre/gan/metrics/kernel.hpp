#pragma once

#include <cstdint>

#include "gyre/gan/metrics/features.hpp"

namespace gyre::gan {

/// The kernel distance over blocks of samples.
struct KernelDistance {
  double mean = 0.0;
  double deviation = 0.0;              ///< between blocks; not a number of one block
  std::int64_t blocks = 0, block = 0;  ///< how many, of how many samples
};

/// KID (Bińkowski et al. 2018): the unbiased estimate of the squared maximum mean discrepancy with
/// the kernel (x'y/d + 1)^3, on consecutive blocks of at most `block` samples of each. Zero in the
/// mean for samples of one distribution, so it may be negative. At least two samples of each.
KernelDistance kernel_distance(const Features& real, const Features& made,
                               std::int64_t block = 1000);

}  // namespace gyre::gan
