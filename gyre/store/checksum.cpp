#include "gyre/store/checksum.hpp"

#include <bit>
#include <cstring>

namespace gyre {

void Checksum::word(std::uint64_t bits) {
  state_ = std::rotl(state_ ^ (bits * 0x9E3779B97F4A7C15u), 29) * 0xBF58476D1CE4E5B9u;
}

void Checksum::add(std::string_view bytes) {
  bytes_ += bytes.size();
  while (!bytes.empty()) {
    const std::size_t n = bytes.size() < 8 ? bytes.size() : 8;
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes.data(), n);
    word(bits);
    bytes.remove_prefix(n);
  }
}

std::uint64_t Checksum::value() const {
  std::uint64_t h = state_ ^ bytes_;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
  return h ^ (h >> 31);
}

}  // namespace gyre
