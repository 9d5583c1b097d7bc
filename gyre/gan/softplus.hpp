#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gyre::gan {

/// What the losses of GANs are made of, compiled for one instruction set.
struct SoftplusKernel {
  std::string_view name;  ///< "baseline", "avx2", "avx512"

  /// log(1 + exp(x)) and its slope 1 / (1 + exp(-x)), to rounding.
  void (*softplus)(const double* x, double* value, double* slope, std::int64_t n);
};

/// Every set that this machine can run, best first; the last one is the baseline.
std::span<const SoftplusKernel> softplus_choices();

}  // namespace gyre::gan
