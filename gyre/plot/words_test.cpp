#include "gyre/plot/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gyre::plot {
namespace {

TEST(Literal, MeansTheTextAndNothingElse) {
  EXPECT_EQ(literal("plain"), "'plain'");
  EXPECT_EQ(literal("it's"), "'it''s'");
  EXPECT_EQ(literal(R"(\n `ls` "x" @m $d %g {/: a_b^2})"), R"('\n `ls` "x" @m $d %g {/: a_b^2}')");
  EXPECT_EQ(literal("a\nb"), "'a'.\"\\n\".'b'");
  EXPECT_EQ(literal("双人博弈"), "'双人博弈'");
}

TEST(Literal, ReplacesWhatIsNotText) {
  EXPECT_EQ(literal(std::string("a\0b\x1b[0m", 7)), "'a b [0m'");
  EXPECT_EQ(literal("\xff\xc3"), "'\?\?'");
  EXPECT_EQ(literal("\xed\xa0\x80"), "'\?\?\?'") << "half a surrogate pair";
}

TEST(Wrap, BreaksAtSpacesAndBetweenChineseCharacters) {
  EXPECT_THAT(wrap("one two three", 5.0), testing::ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("更新步数", 2.0), testing::ElementsAre("更新", "步数"));
  EXPECT_THAT(wrap("a\nb", 9.0), testing::ElementsAre("a", "b"));
  EXPECT_THAT(wrap("", 9.0), testing::IsEmpty());
  for (const std::string& line : wrap(std::string(100, 'x'), 5.0))
    EXPECT_LE(width_in_ems(line), 5.0);
}

TEST(Shorten, EndsInDots) {
  EXPECT_EQ(shorten("short", 10.0), "short");
  EXPECT_LE(width_in_ems(shorten(std::string(100, 'x'), 10.0)), 10.0);
  EXPECT_TRUE(shorten(std::string(100, 'x'), 10.0).ends_with("…"));
}

TEST(ShortenToCells, CountsChineseTwice) {
  EXPECT_EQ(terminal_width("x轴"), 3);
  EXPECT_EQ(shorten_to_cells("更新步数", 5), "更新…");
  EXPECT_EQ(shorten_to_cells("a\x1b[31mb", 20), "a [31mb");
  EXPECT_EQ(shorten_to_cells("abc", 0), "");
  EXPECT_EQ(shorten_inside("adam | gda | ema", 16), "adam | gda | ema");
  EXPECT_EQ(shorten_inside("adam | gda | ema", 11), "adam …| ema");
  EXPECT_EQ(shorten_inside("更新步数更新", 8), "更新…新");
  EXPECT_EQ(shorten_inside("abcd", 2), "a…");
}

}  // namespace
}  // namespace gyre::plot
