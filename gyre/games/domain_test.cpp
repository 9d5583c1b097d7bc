#include "gyre/games/domain.hpp"

#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/games/toml.hpp"

namespace gyre {
namespace {

TEST(Domain, IsReadFromText) {
  const Game game = parse_game(
      "min x[3] in simplex, z[2] in simplex(2) max y[2] in ball(3/2, [1, -pi]), v in [0, inf], u: "
      "sum(x)*u + sum(z*y) + v*u; u in ball(2)");
  ASSERT_EQ(game.regions.size(), 4u);
  EXPECT_EQ(game.regions[0].kind, Region::Kind::kSimplex);
  EXPECT_EQ(game.regions[0].count, 3u);
  EXPECT_EQ(game.regions[0].size, 1.0);
  EXPECT_EQ(game.regions[1].first, 3u);
  EXPECT_EQ(game.regions[1].size, 2.0);
  EXPECT_EQ(game.regions[2].kind, Region::Kind::kBall);
  EXPECT_EQ(game.regions[2].size, 1.5);
  EXPECT_EQ(game.regions[2].centre, (std::vector{1.0, -3.141592653589793}));
  EXPECT_EQ(game.regions[3].first, 8u);
  EXPECT_EQ(game.regions[3].centre, (std::vector{0.0}));
  EXPECT_EQ(game.coordinates[7].low, 0.0);
}

TEST(Domain, StandsInTheOrderOfTheCoordinates) {
  const Game game = parse_game("min x[2] max y[2]: dot(x, y); y in simplex; x in ball(1)");
  EXPECT_EQ(game.regions[0].kind, Region::Kind::kBall);
  EXPECT_EQ(game.regions[1].first, 2u);
}

TEST(Domain, OfSeveralVariablesIsOneEach) {
  const Game game = parse_game("min x[2], z[3] in simplex max y[2] in simplex: sum(x*y) + z[1]");
  ASSERT_EQ(game.regions.size(), 3u);
  EXPECT_EQ(game.regions[1].first, 2u);
  EXPECT_EQ(game.regions[1].count, 3u);
}

TEST(Domain, IsReadFromAFile) {
  const Game game = parse_game_file(
      "formula = \"min x[2] max y[2]: dot(x, y)\"\nstart = [\"1/3\", \"2/3\", 0, 1]\n"
      "[domain]\nx = \"simplex\"\ny = \"ball(2, [0, 1])\"\n",
      "g", "g.toml");
  ASSERT_EQ(game.regions.size(), 2u);
  EXPECT_EQ(game.regions[1].centre, (std::vector{0.0, 1.0}));
}

TEST(Domain, SaysWhatIsWrongWithIt) {
  const std::pair<const char*, const char*> cases[] = {
      {"min x in simplex max y: x*y",
       "a simplex needs a vector of at least two components, and 'x' is a single number"},
      {"min x[2] max y: x[1]*y; x[1] in simplex",
       "a simplex needs a vector of at least two components, and 'x[1]' is a single number"},
      {"min x[2] in simplex max y: x[1]*y; x in [0, 1]", "'x' already has a domain"},
      {"min x[2] in [0, 1] max y: x[1]*y; x in simplex", "'x[1]' already has a box"},
      {"min x[2] in simplex(0) max y: x[1]*y",
       "the total of a simplex is a finite number above zero, not 0"},
      {"min x[2] in ball(-1) max y: x[1]*y",
       "the radius of a ball is a finite number above zero, not -1"},
      {"min x[2] in ball(1, [0]) max y: x[1]*y", "the ball's centre has 1 numbers, but 'x' has 2"},
      {"min x[2] in ball(1, 2) max y: x[1]*y",
       "a ball is written ball(radius) or ball(radius, [centre])"},
      {"min x[2] in ball( max y: x[1]*y",
       "a ball is written ball(radius) or ball(radius, [centre])"},
      {"min x[2] in simplex(1, 2) max y: x[1]*y",
       "a simplex is written simplex, or simplex(total)"},
      {"min x[2] in cube max y: x[1]*y",
       "'in' must be followed by a box such as [-1, 1], by simplex or by ball(1), not 'cube'"},
  };
  for (const auto& [text, message] : cases) {
    try {
      parse_game(text);
      ADD_FAILURE() << "taken: " << text;
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), message) << text;
      EXPECT_NE(error.detail().find('^'), std::string::npos) << text;
    }
  }
  const std::string ok = "formula = \"min x[2] max y: x[1]*y\"\n";
  const std::pair<std::string, std::string> files[] = {
      {ok + "[domain]\ny = \"simplex\"",
       "g.toml:3:5: a simplex needs a vector of at least two components, and 'y' is a single "
       "number"},
      {ok + "[domain]\nx = \"simplx\"",
       "g.toml:3:5: in 'x': 'in' must be followed by a box such as [-1, 1], by simplex or by "
       "ball(1), not 'simplx'"},
      {ok + "[domain]\nx = \"simplex 2\"",
       "g.toml:3:5: in 'x': nothing may follow the domain, but there is '2'"},
      {ok + "start = [0.5, 0.6, 0]\n[domain]\nx = \"simplex\"",
       "g.toml:2:9: 'start' leaves the domain: a simplex has no negative numbers and a fixed sum, "
       "a ball a radius"},
  };
  for (const auto& [toml, message] : files) {
    try {
      parse_game_file(toml, "g", "g.toml");
      ADD_FAILURE() << "taken: " << toml;
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), message);
    }
  }
}

}  // namespace
}  // namespace gyre
