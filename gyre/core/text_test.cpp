#include "gyre/core/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace gyre {
namespace {

RC_GTEST_PROP(Number, ReadsBackAsTheSameDouble, (double value)) {
  RC_PRE(std::isfinite(value));
  RC_ASSERT(to_number(number(value)) == value);
}

TEST(Number, RefusesWhatIsNotWhollyANumber) {
  for (const char* text : {"", "+", "1x", "--1", "+-1", "0x", "1e", "one"})
    EXPECT_FALSE(to_number(text).has_value()) << text;
  EXPECT_EQ(to_number(" +2.5 "), 2.5);
  EXPECT_TRUE(std::isnan(*to_number("nan")));
  EXPECT_TRUE(std::isinf(*to_number("-inf")));
  EXPECT_TRUE(std::isinf(*to_number("1e999")));
}

TEST(Number, BeyondTheRangeIsInfiniteOrZero) {
  for (const char* text : {"1e999", "0.001e999999999999999999999", "123e308", "1e+400"})
    EXPECT_EQ(to_number(text), HUGE_VAL) << text;
  for (const char* text : {"1e-999", "1000e-9999999999999999999999", "0.0001e-323", "-1e-400"})
    EXPECT_EQ(to_number(text), 0.0) << text;
  EXPECT_EQ(to_number("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(to_number(std::string(400, '7')), HUGE_VAL);
  EXPECT_EQ(to_number("-" + std::string(400, '7')), -HUGE_VAL);
}

TEST(Number, HasNoNegativeZero) { EXPECT_EQ(number(-0.0), "0"); }

TEST(Split, LeavesBracketsWhole) {
  const auto pieces = split("adam(a, b), eg, f[1, 2]", ',');
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(trim(pieces[0]), "adam(a, b)");
  EXPECT_EQ(trim(pieces[2]), "f[1, 2]");
}

TEST(AsTyped, TamesWhatWasTyped) {
  EXPECT_EQ(as_typed("a\nb"), "'a b'");
  EXPECT_LT(as_typed(std::string(1000, 'x')).size(), 70u);
}

TEST(Utf8, TellsTextFromOtherBytes) {
  for (const char* text : {"", "x", "x²·y", "\u03C0", "\uFF08", "\U0001F600"})
    EXPECT_TRUE(is_utf8(text)) << text;
  for (const char* text : {"\x80", "x\xC2", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xFF",
                           "\xF5\x80\x80\x80", "\xF0\x9F\x98"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(Identifier, IsAsciiAndStartsWithALetter) {
  EXPECT_TRUE(is_identifier("x_1"));
  EXPECT_FALSE(is_identifier("1x"));
  EXPECT_FALSE(is_identifier(""));
}

}  // namespace
}  // namespace gyre
