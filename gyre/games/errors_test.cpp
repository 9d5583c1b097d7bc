// What a person reads who typed something wrong: the message is part of the contract, and so is the
// column of the caret.
#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

const std::string kExample = "'min x max y: x*y', or 'x: x^2 + x*y; y: y^2 - x*y'";

struct Wrong {
  std::string text;
  std::size_t column;  ///< of the caret in its line, from 0
  std::string message;
};

/// Where the caret stands, which the detail sets two columns in.
std::size_t column_of(const std::string& detail) {
  return detail.size() - detail.rfind('\n') - std::string("\n  ^").size();
}

void expect(const Wrong& wrong) {
  try {
    parse_game(wrong.text);
    ADD_FAILURE() << wrong.text << " was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), wrong.message) << wrong.text;
    EXPECT_EQ(column_of(error.detail()), wrong.column) << wrong.text << "\n" << error.detail();
  }
}

TEST(WrongGameText, SaysHowAGameIsWritten) {
  const Wrong cases[] = {
      {"", 0, "the game is empty; write for example " + kExample},
      {"  ", 0, "the game is empty; write for example " + kExample},
      {"a = 2", 0, "the game has no players; write for example " + kExample},
      {"x*y", 1, "a game is written as " + kExample},
      {"min(x) max(y): x", 0, "a game is written as " + kExample},
      {"a + b = 2", 2, "a game is written as " + kExample},
      {"x in [0, 1], y", 14, "a game is written as " + kExample},
      {"f(x) x", 5, "'=' must follow 'f(...)': a game is written as " + kExample},
      {"min x: x*y", 5,
       "'max' and the opponent's variables must follow, not ':': write for example " + kExample},
      {"min x; max y: x*y", 5,
       "'max' and the opponent's variables must follow, not the end: write for example " +
           kExample},
      {"min x min y: x", 6,
       "both players minimise the same formula; write 'min ... max ...', or one loss for each "
       "player"},
      {"max x max y: x", 6,
       "both players maximise the same formula; write 'min ... max ...', or one loss for each "
       "player"},
      {"min x max y", 11, "':' and a formula must follow the players, not the end"},
      {"min x max y:", 12, "a formula must follow ':'"},
      {"x: max", 6, "a formula must follow 'max'"},
      {"x: x; a =; y: y", 9, "a formula must follow '='"},
  };
  for (const Wrong& wrong : cases) expect(wrong);
}

TEST(WrongGameText, PointsAtVariables) {
  const Wrong cases[] = {
      {"min max y: x", 4, "a variable must follow 'min', not 'max'"},
      {"min in max y: x", 4, "a variable must follow 'min', not 'in'"},
      {"min \u4F60 max y: x", 4, "a variable must follow 'min', not '\u4F60'"},
      {"x, : x", 3, "a variable must follow ',', not ':'"},
      {"min x max x: x", 10, "two players own 'x'"},
      {"x: x; y, x: y", 9, "two players own 'x'"},
      {"min x, x max y: y", 7, "'x' is named twice"},
      {"min x, x[2] max y: y", 7, "'x' is named twice"},
      {"min sin max y: y", 4, "'sin' has a meaning of its own and cannot name a variable"},
      {"x: x; pi: pi", 6, "'pi' has a meaning of its own and cannot name a variable"},
      {"x: x; y, max: y", 9, "'max' has a meaning of its own and cannot name a variable"},
      {"x: x; inf: x", 6, "'inf' has a meaning of its own and cannot name a variable"},
      {"min x[0] max y: y", 6, "the size of a vector is a whole number from 1"},
      {"min x[1.5] max y: y", 6, "the size of a vector is a whole number from 1"},
      {"min x[-1] max y: y", 6, "the size of a vector is a whole number from 1"},
      {"min x[n] max y: y", 6, "the size of a vector is a whole number from 1"},
      {"min x[2 max y: y", 8, "']' must follow the size, not 'max'"},
      {"min x[1001] max y: y", 6, "a game has at most 1000 coordinates"},
      {"min x[1e30] max y: y", 6, "a game has at most 1000 coordinates"},
      {"min x[600] max y[600]: y", 15, "a game has at most 1000 coordinates"},
      {"min x max y: x*y; z: z", 18,
       "'min ... max ...: formula' already says both players' losses; 'x: loss' cannot stand "
       "beside "
       "it"},
      {"z: z; min x max y: x*y", 6,
       "'min ... max ...: formula' already says both players' losses; 'x: loss' cannot stand "
       "beside "
       "it"},
      {"min x max y: x; min u max v: u", 16,
       "a game has one 'min ... max ...: formula'; this is a second one"},
  };
  for (const Wrong& wrong : cases) expect(wrong);
}

TEST(WrongGameText, PointsIntoFormulasAndDefinitions) {
  const Wrong cases[] = {
      {"min x max y: x*yy", 15, "unknown name 'yy'; to multiply, write y*y"},
      {"min x max y:\n  x*y +\n  foo", 2, "unknown name 'foo'; this formula knows x, y"},
      {"x: x*y; y: y*/x", 13, "a value is missing before '/'"},
      {"min x max y: (x*y; a = 2", 13, "this '(' is never closed"},
      {"min x[2] max y: x*y", 16,
       "the formula is a vector of 2, but one number is wanted: use sum(...) or dot(..., "
       "...)"},
      {"x: 3; y: x", 3,
       "no player can move: no loss depends on a variable of the player who pays it"},
      {"min x max y: 0*x", 13,
       "no player can move: no loss depends on a variable of the player who pays it"},
      {"min x max y: a*x; a = 2; a = 3", 25, "'a' is named twice"},
      {"min x max y: x; x = 3", 16, "'x' is named twice"},
      {"min x max y: x; sin = 3", 16, "'sin' has a meaning of its own and cannot name a parameter"},
      {"min x max y: x; e(z) = z", 16, "'e' has a meaning of its own and cannot name a function"},
      {"min x max y: a*x; a = 1/0", 22, "the parameter 'a' must be a finite number, not inf"},
      {"min x max y: a*x; a = 1 +", 25, "something must follow '+'"},
      {"min x max y: a*x; a = b; b = a", 18, "the definition of 'a' leads back to itself"},
      {"min x max y: x; f(z) = f(z)", 16, "the definition of 'f' leads back to itself"},
      {"min x max y: f(x); f(z) = z*qqq", 28, "unknown name 'qqq'; this formula knows x, y, z"},
      {"min x max y: f(x, y); f(z) = z", 13, "'f' takes 1 value, not 2"},
      {"f(z, z) = 2; min x max y: x", 5, "'z' is named twice"},
      {"f(pi) = 2; min x max y: x", 2, "'pi' has a meaning of its own and cannot name an argument"},
      {"f(2) = 2; min x max y: x", 2,
       "a function's definition names its arguments, as in f(z) = z^2, not '2'"},
      {"f(z = 2; min x max y: x", 4, "')' must follow the arguments of 'f', not '='"},
      {"x, y = 2; min x max y: x", 0, "only a single name can stand before '='"},
  };
  for (const Wrong& wrong : cases) expect(wrong);
}

TEST(WrongGameText, PointsAtBoxes) {
  const Wrong cases[] = {
      {"min x in [2, 1] max y: x", 9,
       "the box [2, 1] is empty: its first number must be the smaller one"},
      {"min x in [1, 1] max y: x", 9,
       "the box [1, 1] is empty: its first number must be the smaller one"},
      {"min x in [0/0, 1] max y: x", 9,
       "the box [nan, 1] is empty: its first number must be the smaller one"},
      {"min x in [inf, inf] max y: x", 9,
       "the box [inf, inf] is empty: its first number must be the smaller one"},
      {"min x in [1] max y: x", 11, "a box is two numbers: [-1, 1]"},
      {"min x in [1, 2, 3] max y: x", 14, "a box is two numbers: [-1, 1]"},
      {"min x in [1, 2", 14, "a box is two numbers: [-1, 1]"},
      {"min x in 1 max y: x", 9,
       "'in' must be followed by a box such as [-1, 1], by simplex or by ball(1), not '1'"},
      {"min x in [, 1] max y: x", 10, "the formula is empty"},
      {"min x in [aaa, 1] max y: x; aaa = 0", 10, "unknown name 'aaa'; this formula knows inf"},
      {"min x max yes: x; yse in [0, 1]", 18,
       "there is no variable 'yse' to confine; did you mean 'yes'?"},
      {"min x max y: x; x in [0, 1]; x in [0, 2]", 29, "'x' already has a box"},
      {"min x[2] in [0, 1] max y: y; x[2] in [0, 2]", 29, "'x[2]' already has a box"},
      {"min x max y: x; x[2] in [0, 1]", 16, "'x' has no component 2"},
      {"min x[2] max y: y; x[3] in [0, 1]", 19, "'x' has no component 3"},
  };
  for (const Wrong& wrong : cases) expect(wrong);
}

std::string repeated(const std::string& piece, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += piece;
  return all;
}

TEST(WrongGameText, RefusesHostileTextAtOnce) {
  std::string chain = "min x max y: d0", doubling = "min x max y: f40(x)*y; f0(z) = z + sin(z)";
  for (int i = 0; i < 5000; ++i)
    chain += ";d" + std::to_string(i) + "=d" + std::to_string(i + 1) + "+x";
  for (int i = 0; i < 40; ++i) {
    const std::string f = "f" + std::to_string(i);
    doubling += ";f" + std::to_string(i + 1) + "(z)=" + f + "(z + 1)*" + f + "(z - 1.5)";
  }
  const std::pair<std::string, std::string> cases[] = {
      {std::string(10'000'000, 'x'), "the game has 10000000 characters; at most 1048576 are taken"},
      {"min x max y: " + std::string(100'000, '('),
       "the formula has 100000 characters; at most 65536 are taken"},
      {"min x max y: " + std::string(60'000, '('),
       "the formula is nested more than 200 levels deep"},
      {"min x in [" + std::string(500'000, '(') + ", 1] max y: x", "a box is two numbers: [-1, 1]"},
      {chain, "definitions stand on each other more than 200 levels deep"},
      {doubling, "up to here the definitions need more than 100000 operations"},
      {repeated("x: x;", 200'000), "two players own 'x'"},
      {std::string("min x max y: x\0y", 16), "the character ' ' has no place in a formula"},
      {std::string(1'000'000, ';'), "the game has no players; write for example " + kExample},
  };
  for (const auto& [text, message] : cases) {
    try {
      parse_game(text);
      ADD_FAILURE() << message;
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), message);
      EXPECT_LE(error.detail().size(), 600u);
    }
  }
}

TEST(WrongName, NamesTheNearestGame) {
  const std::pair<const char*, const char*> cases[] = {
      {"forsakn",
       "there is no game 'forsakn'; did you mean 'forsaken'? ('gyre games' lists the "
       "built-in ones)"},
      {"sin(x)",
       "there is no game 'sin(x)'; a game's text looks like 'min x max y: x*y' ('gyre "
       "games' lists the built-in ones)"},
      {"nowhere/none.toml", "cannot read the game file 'nowhere/none.toml'"},
      {"/", "'/' is a folder, not a game file"},
      {"dirac-r1(gama=1)", "this game has no parameter 'gama'; did you mean 'gamma'?"},
      {"dirac-r1(gamma=9)", "gamma = 9 is out of range; allowed is 0.01 to 4"},
      {"dirac-r1(gamma=1/0)", "the parameter 'gamma' must be a finite number, not inf"},
      {"dirac-r1(gamma)", "a parameter is set as name=value, not 'gamma'"},
      {"xy(a=1)", "this game has no parameter 'a'; it has none"},
      {"cournot(q=1)", "this game has no parameter 'q'; its parameters are a, b, c"},
  };
  for (const auto& [what, message] : cases) {
    try {
      load_game(what);
      ADD_FAILURE() << what;
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), message);
    }
  }
}

}  // namespace
}  // namespace gyre
