#include "gyre/core/random.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "gyre/core/random_kernels.hpp"

namespace gyre {

Stream::Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index)
    : seed_(seed), index_(index), purpose_(number_of(purpose)) {}

std::uint32_t Stream::number_of(std::string_view purpose) {
  std::uint32_t number = 2166136261u;
  for (const char c : purpose) {
    number ^= static_cast<unsigned char>(c);
    number *= 16777619u;
  }
  return number;
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
  const double u = uniform();
  return normal_of(u, uniform());
}

double normal_of(double u, double v) {
  const double radius = std::sqrt(-2.0 * std::log1p(-u));
  return radius * std::cos(2.0 * std::numbers::pi * v);
}

namespace {

constexpr std::size_t kAtOnce = 256;

}  // namespace

void Stream::uniforms(std::span<double> to) {
  random_kernels().front().uniforms(seed_, purpose_, index_, draw_, to.data(), to.size());
  draw_ += static_cast<std::uint32_t>(to.size());
}

void Stream::normals(std::span<float> to) {
  std::array<double, 2 * kAtOnce> pairs;
  for (std::size_t begin = 0; begin < to.size(); begin += kAtOnce) {
    const std::size_t n = std::min(kAtOnce, to.size() - begin);
    uniforms(std::span(pairs).first(2 * n));
    normals_of(std::span(pairs).first(2 * n), {}, 1.0, to.subspan(begin, n));
  }
}

// The fast way is not exact; but where all that it may stand for rounds to the same float, that is
// the one. Elsewhere, once in a hundred thousand times, the slow way decides.
void normals_of(std::span<const double> pairs, std::span<const double> centres, double deviation,
                std::span<float> to) {
  std::array<double, kAtOnce> near;
  for (std::size_t begin = 0; begin < to.size(); begin += kAtOnce) {
    const std::size_t n = std::min(kAtOnce, to.size() - begin);
    random_kernels().front().near_normals(&pairs[2 * begin], near.data(), n);
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t i = begin + k;
      const double centre = centres.empty() ? 0.0 : centres[i];
      const double x = centre + deviation * near[k];
      const double off = std::abs(deviation) * kNearNormals + std::abs(x) * 0x1p-50;
      const float low = static_cast<float>(x - off), high = static_cast<float>(x + off);
      to[i] = low;
      if (low != high)
        to[i] = static_cast<float>(centre + deviation * normal_of(pairs[2 * i], pairs[2 * i + 1]));
    }
  }
}

}  // namespace gyre
