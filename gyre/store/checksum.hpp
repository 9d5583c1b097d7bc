#pragma once

#include <cstdint>
#include <string_view>

namespace gyre {

/// 64 bits that tell whether bytes are still what they were, several bytes a cycle. Finds damage,
/// not forgery.
class Checksum {
 public:
  void add(std::string_view bytes);
  std::uint64_t value() const;

 private:
  void word(std::uint64_t bits);

  std::uint64_t state_ = 0x6A09E667F3BCC908u, bytes_ = 0;
};

}  // namespace gyre
