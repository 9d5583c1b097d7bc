#include "gyre/core/random.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace gyre {

Stream::Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index)
    : seed_(seed), index_(index), purpose_(2166136261u) {
  for (const char c : purpose) {  // FNV-1a
    purpose_ ^= static_cast<unsigned char>(c);
    purpose_ *= 16777619u;
  }
}

std::uint64_t Stream::bits() {
  using Philox = r123::Philox4x32;
  const Philox::ctr_type counter{{draw_++, purpose_, static_cast<std::uint32_t>(index_),
                                  static_cast<std::uint32_t>(index_ >> 32)}};
  const Philox::key_type key{
      {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto block = Philox{}(counter, key);
  return (std::uint64_t{block[1]} << 32) | block[0];
}

double Stream::uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }

double Stream::normal() {
  const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

}  // namespace gyre
