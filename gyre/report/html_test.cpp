#include "gyre/report/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/games/parse.hpp"
#include "gyre/report/html_check.hpp"
#include "gyre/report/mathml.hpp"

namespace gyre::report {
namespace {

using testing::HasSubstr;

TEST(Html, EscapesText) {
  EXPECT_EQ(escape("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
  EXPECT_EQ(tag("a", {{"href", "\"x\"<"}}, "<b>"), "<a href=\"&quot;x&quot;&lt;\"><b></a>");
}

TEST(Html, MarksUpText) {
  EXPECT_EQ(marked_up("a *b* `c*<d`"), "a <em>b</em> <code>c*&lt;d</code>");
}

TEST(Html, TableAlignsNumbers) {
  const HtmlTable table{"c", {"a", "b"}, {{"x", "1"}}, {false, true}};
  const std::string html = table.html();
  EXPECT_EQ(first_fault(html), "");
  EXPECT_THAT(html, HasSubstr("<td class=\"n\">1</td>"));
  EXPECT_THAT(html, HasSubstr("<caption>c</caption>"));
}

TEST(Html, CheckFindsFaults) {
  EXPECT_EQ(first_fault("<p>a<br>b</p>"), "");
  EXPECT_NE(first_fault("<p><b></p></b>"), "");
  EXPECT_NE(first_fault("<p>"), "");
  EXPECT_NE(first_fault("</p>"), "");
  EXPECT_NE(first_fault("a < b"), "");
  EXPECT_NE(first_fault("a & b"), "");
  EXPECT_NE(first_fault("<p id=a></p>"), "");
  EXPECT_NE(first_fault("<i id=\"a\"></i><i id=\"a\"></i>"), "");
}

std::string of(const char* formula) {
  const Game game = parse_game(std::string("min x max y: ") + formula + " + 0*x*y");
  return to_mathml(game.payoff);
}

TEST(MathMl, IsWellFormed) {
  for (const char* formula : {"x*y", "x - (y - x)", "-(x*y)", "(x + y)^2/3", "exp(-x^2)*sqrt(y)",
                              "sin(x)*max(x, y)", "x^(y+1)", "2*x - 3*(-y)", "log(1 + exp(-x*y))"})
    EXPECT_EQ(first_fault(math(of(formula))), "") << formula;
}

TEST(MathMl, BracketsOnlyWhereNeeded) {
  EXPECT_THAT(of("(x + y)*x"), HasSubstr(">(<"));
  EXPECT_THAT(of("x*y + x"), Not(HasSubstr(">(<")));
  EXPECT_THAT(of("x - (y - x)"), HasSubstr(">(<"));
  EXPECT_THAT(of("-(x*y)"), Not(HasSubstr(">(<")));
}

TEST(MathMl, NamesBecomeLetters) {
  EXPECT_EQ(mathml_name("theta"), "<mi>θ</mi>");
  EXPECT_EQ(mathml_name("simultaneous.eta"), "<mi>η</mi>");
  EXPECT_EQ(mathml_name("x12"), "<msub><mi>x</mi><mn>12</mn></msub>");
  EXPECT_EQ(mathml_name("x[3]"), "<msub><mi>x</mi><mn>3</mn></msub>");
  EXPECT_EQ(mathml_name("0.momentum.m.x"), "<msub><mi>m</mi><mi>x</mi></msub>");
  EXPECT_EQ(mathml_name("scale.y"), "<msub><mi>s</mi><mi>y</mi></msub>");
}

}  // namespace
}  // namespace gyre::report
