#include "gyre/core/error.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gyre {
namespace {

TEST(Caret, StandsUnderTheMistake) { EXPECT_EQ(caret("x*/y", 2), "  x*/y\n    ^"); }

TEST(Caret, CountsCharactersNotBytes) { EXPECT_EQ(caret("x²*/y", 4), "  x²*/y\n     ^"); }

TEST(Caret, ShowsOnlyTheLineInQuestion) { EXPECT_EQ(caret("a\nbc\nd", 3), "  bc\n   ^"); }

TEST(Caret, CutsLongLinesOnBothSides) {
  const std::string shown = caret(std::string(500, 'x'), 250);
  EXPECT_LT(shown.size(), 300u);
  EXPECT_EQ(shown.substr(0, 5), "  ...");
}

TEST(Caret, MayPointPastTheEnd) { EXPECT_EQ(caret("x*", 2), "  x*\n    ^"); }

TEST(Nearest, FindsWhatWasMeant) {
  const std::vector<std::string> known{"adam", "extragradient", "alternating"};
  EXPECT_EQ(nearest("adma", known), "adam");
  EXPECT_EQ(nearest("extragradent", known), "extragradient");
  EXPECT_EQ(nearest("extra", known), "extragradient");
  EXPECT_EQ(nearest("zzzzzz", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest("a", std::vector<std::string>{"e"}), "");
  EXPECT_EQ(did_you_mean("adma", known), "; did you mean 'adam'?");
}

}  // namespace
}  // namespace gyre
