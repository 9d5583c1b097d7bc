#include "gyre/store/checksum.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace gyre {
namespace {

std::uint64_t of(std::string_view bytes) {
  Checksum sum;
  sum.add(bytes);
  return sum.value();
}

TEST(Checksum, TellsEveryFlippedBitAndEveryLength) {
  std::string bytes(37, '\0');
  std::set<std::uint64_t> seen{of(bytes)};
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= static_cast<char>(1 << (bit % 8));
    EXPECT_TRUE(seen.insert(of(bytes)).second) << bit;
    bytes[bit / 8] ^= static_cast<char>(1 << (bit % 8));
  }
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_TRUE(seen.insert(of(std::string_view(bytes).substr(0, length))).second) << length;
}

TEST(Checksum, DependsOnTheOrderOfPieces) {
  EXPECT_NE(of("abcdefghABCDEFGH"), of("ABCDEFGHabcdefgh"));
}

}  // namespace
}  // namespace gyre
