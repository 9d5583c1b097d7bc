#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// Many random numbers at once: what Stream gives one at a time, compiled for one instruction set.
namespace gyre {

struct RandomKernels {
  std::string_view name;  ///< "baseline", "avx2", "avx512"

  /// What uniform() gives for the draws that begin with `draw`: the same bits.
  void (*uniforms)(std::uint64_t seed, std::uint32_t purpose, std::uint64_t index,
                   std::uint32_t draw, double* to, std::size_t n);
  /// What normal() makes of each pair of uniforms, to within kNearNormals.
  void (*near_normals)(const double* pairs, double* to, std::size_t n);
};

/// Ten times what rounding in either way of computing them can add up to.
inline constexpr double kNearNormals = 0x1p-43;

/// Every set that this machine can run, best first; the last one is the baseline.
std::span<const RandomKernels> random_kernels();

}  // namespace gyre
