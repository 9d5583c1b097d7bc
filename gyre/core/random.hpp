#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gyre {

/// Random numbers named by (seed, purpose, index) and nothing else: the same bits for any number of
/// threads and in any order of use. Counter-based Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011).
class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  /// Purposes by number (FNV-1a).
  static std::uint32_t number_of(std::string_view purpose);

  std::uint64_t bits();
  /// Uniform in [0, 1), with 53 random bits.
  double uniform();
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Standard normal, by Box and Muller: two uniforms a call, so that streams stay aligned.
  double normal();

  /// As many calls of uniform(), and of normal() rounded to float, bit by bit, but faster.
  void uniforms(std::span<double> to);
  void normals(std::span<float> to);

 private:
  std::uint64_t seed_, index_;
  std::uint32_t purpose_;
  std::uint32_t draw_ = 0;
};

/// What Stream::normal() makes of its two uniforms.
double normal_of(double u, double v);

/// centres[i] + deviation * normal_of(pairs[2 i], pairs[2 i + 1]) rounded to float, bit by bit. No
/// centres are zeros.
void normals_of(std::span<const double> pairs, std::span<const double> centres, double deviation,
                std::span<float> to);

}  // namespace gyre
