#include "gyre/store/tfevents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gyre {
namespace {

// RFC 3720, B.4, and the check value of every catalogue of such sums.
TEST(Crc32c, HasTheKnownValues) {
  EXPECT_EQ(crc32c(""), 0u);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  std::string rising, falling;
  for (int i = 0; i < 32; ++i) {
    rising += static_cast<char>(i);
    falling += static_cast<char>(31 - i);
  }
  EXPECT_EQ(crc32c(rising), 0x46DD794Eu);
  EXPECT_EQ(crc32c(falling), 0x113FDB5Cu);
}

std::vector<Event> some() {
  return {{1.7e9, 100, {{"loss", 0.5}, {"modes", 8.0}}},
          {1.7e9 + 0.25, std::uint64_t{1} << 40, {{"loss", -1e-3f}, {"modes", 0.0}}}};
}

TEST(Events, AreReadBack) {
  const std::vector<Event> read = read_event_file(event_file(some()));
  ASSERT_EQ(read.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read[i].wall_time, some()[i].wall_time);
    EXPECT_EQ(read[i].step, some()[i].step);
    EXPECT_EQ(read[i].scalars, some()[i].scalars);
  }
}

TEST(Events, BeginWithTheVersion) {
  // Worked out by hand from the description of the format.
  const std::string file = event_file({});
  ASSERT_EQ(file.size(), 8 + 4 + 24 + 4);
  EXPECT_EQ(file.substr(0, 8), std::string("\x18\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(file.substr(12, 9), std::string("\x09\0\0\0\0\0\0\0\0", 9));
  EXPECT_EQ(file.substr(21, 15),
            "\x1A\x0D"
            "brain.Event:2");
  EXPECT_TRUE(read_event_file(file).empty());
}

TEST(Events, KeepNumbersThatAreNotFinite) {
  const double infinite = std::numeric_limits<double>::infinity();
  const std::vector<Event> events{{0.0, 1, {{"a", std::nan("")}, {"b", -infinite}, {"c", 1e300}}}};
  const auto read = read_event_file(event_file(events));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_TRUE(std::isnan(read[0].scalars[0].second));
  EXPECT_EQ(read[0].scalars[1].second, -infinite);
  EXPECT_EQ(read[0].scalars[2].second, infinite);  // beyond a float
}

TEST(Events, GrowByAppending) {
  // Whoever follows the file reads on at the byte where it was.
  std::vector<Event> events = some();
  const std::string whole = event_file(events);
  events.pop_back();
  EXPECT_TRUE(whole.starts_with(event_file(events)));
}

TEST(Events, EndWhereTheyAreCutOffOrDamaged) {
  const std::string file = event_file(some());
  std::vector<Event> first = some();
  first.pop_back();
  const std::size_t last = event_file(first).size();
  for (std::size_t length = 0; length < file.size(); ++length)
    EXPECT_EQ(read_event_file(std::string_view(file).substr(0, length)).size(), length >= last)
        << length;
  for (std::size_t bit = 8 * last; bit < 8 * file.size(); ++bit) {
    std::string damaged = file;
    damaged[bit / 8] ^= static_cast<char>(1 << (bit % 8));
    EXPECT_EQ(read_event_file(damaged).size(), 1u) << bit;
  }
}

}  // namespace
}  // namespace gyre
