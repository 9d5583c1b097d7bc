#pragma once

#include <cstdint>
#include <string_view>

namespace gyre {

/// Random numbers named by (seed, purpose, index) and nothing else: the same bits for any number of
/// threads and in any order of use. Counter-based Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011).
class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  std::uint64_t bits();
  /// Uniform in [0, 1), with 53 random bits.
  double uniform();
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Standard normal, by Box and Muller: two uniforms a call, so that streams stay aligned.
  double normal();

 private:
  std::uint64_t seed_, index_;
  std::uint32_t purpose_;
  std::uint32_t draw_ = 0;
};

}  // namespace gyre
