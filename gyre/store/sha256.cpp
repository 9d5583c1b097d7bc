#include "gyre/store/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace gyre {

namespace {

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const std::array<std::uint32_t, 64>& round_constants() {
  static const std::array<std::uint32_t, 64> constants = [] {
    std::array<std::uint32_t, 64> all{};
    std::size_t found = 0;
    for (std::uint32_t n = 2; found < all.size(); ++n) {
      bool prime = true;
      for (std::uint32_t d = 2; d * d <= n; ++d) prime = prime && n % d != 0;
      if (!prime) continue;
      const double root = std::cbrt(static_cast<double>(n));  // 36 bits of it are needed, 53 held
      all[found++] = static_cast<std::uint32_t>((root - std::floor(root)) * 0x1.0p32);
    }
    return all;
  }();
  return constants;
}

}  // namespace

void Sha256::block(const unsigned char* bytes) {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t i = 0; i < 16; ++i)
    w[i] = std::uint32_t{bytes[4 * i]} << 24 | std::uint32_t{bytes[4 * i + 1]} << 16 |
           std::uint32_t{bytes[4 * i + 2]} << 8 | std::uint32_t{bytes[4 * i + 3]};
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3)) + w[i - 7] +
           (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10));
  }
  std::array<std::uint32_t, 8> s = state_;
  for (std::size_t i = 0; i < 64; ++i) {
    const auto [a, b, c, d, e, f, g, h] = s;
    const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                              ((e & f) ^ (~e & g)) + round_constants()[i] + w[i];
    const std::uint32_t two =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    s = {one + two, a, b, c, d + one, e, f, g};
  }
  for (std::size_t i = 0; i < 8; ++i) state_[i] += s[i];
}

void Sha256::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t held = bytes_ % 64, taken = std::min(bytes.size(), 64 - held);
    std::copy_n(bytes.data(), taken, waiting_.data() + held);
    if (held + taken == 64) block(waiting_.data());
    bytes_ += taken;
    bytes.remove_prefix(taken);
  }
}

std::string Sha256::digest() {
  const std::uint64_t bits = 8 * bytes_;
  add(std::string_view("\x80", 1));
  while (bytes_ % 64 != 56) add(std::string_view("\0", 1));
  for (int shift = 56; shift >= 0; shift -= 8) {
    const char byte = static_cast<char>(bits >> shift);
    add({&byte, 1});
  }
  std::string text;
  for (const std::uint32_t word : state_) text += fmt::format("{:08x}", word);
  return text;
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.digest();
}

}  // namespace gyre
