#include "gyre/games/catalogue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "gyre/core/error.hpp"
#include "gyre/games/toml.hpp"

namespace gyre {
namespace {

TEST(LoadGame, TakesTextNamesAndFiles) {
  EXPECT_EQ(load_game("min x max y: x*y").name, "");
  EXPECT_EQ(load_game(" xy ").name, "xy");
  EXPECT_EQ(load_game("xy").title, "Bilinear");
  EXPECT_EQ(load_game("polar-game(a = 3/4)").parameters[0].value, 0.75);
  EXPECT_FALSE(load_game("polar-game(a=3/4)").has_defaults());
  EXPECT_TRUE(load_game("polar-game()").has_defaults());

  const auto folder = std::filesystem::temp_directory_path() / "gyre-games-test";
  std::filesystem::create_directories(folder);
  const std::string path = folder / "my-game.toml";
  std::ofstream(path) << "formula = \"min x max y: 2*x*y\"\n";
  EXPECT_EQ(load_game(path).name, "my-game");
  EXPECT_EQ(load_game(path).title, "my-game");
  std::filesystem::remove_all(folder);
}

TEST(SetParameter, MovesThePointsThatDependOnIt) {
  Game game = catalogue_game("cournot");
  EXPECT_DOUBLE_EQ(game.points[0].at[2], 2.25);
  set_parameter(game, "b", 2.0);
  EXPECT_DOUBLE_EQ(game.points[0].at[2], 1.125);
  EXPECT_FALSE(game.has_defaults());
  set_parameter(game, "b", 1.0);
  EXPECT_TRUE(game.has_defaults());
}

/// What each player loses a round between two memory-one players of a discounted game.
std::vector<double> losses(const Game& game, const std::vector<double>& x,
                           const std::vector<double>& y) {
  std::vector<std::pair<Expr, double>> values;
  for (std::size_t i = 0; i < 5; ++i) {
    values.emplace_back(game.coordinates[i].symbol, x[i]);
    values.emplace_back(game.coordinates[5 + i].symbol, y[i]);
  }
  for (const Parameter& p : game.parameters) values.emplace_back(p.symbol, p.value);
  return {evaluate<double>(game.players[0].loss, values),
          evaluate<double>(game.players[1].loss, values)};
}

TEST(DiscountedGames, AreWorthWhatTheirSeriesSumTo) {
  const Game game = catalogue_game("ipd");
  constexpr double kSure = 40.0;
  const std::vector defect(5, -kSure);
  const std::vector tit_for_tat{kSure, kSure, -kSure, kSure, -kSure};
  EXPECT_NEAR(losses(game, defect, defect)[0], 2.0, 1e-12);
  EXPECT_NEAR(losses(game, tit_for_tat, tit_for_tat)[0], 1.0, 1e-12);
  // Exploited once and even from then on.
  EXPECT_NEAR(losses(game, tit_for_tat, defect)[0], 0.04 * 3.0 + 0.96 * 2.0, 1e-12);
  EXPECT_NEAR(losses(game, tit_for_tat, defect)[1], 0.96 * 2.0, 1e-12);

  // Any two strategies: the series, round by round.
  const std::vector x{0.3, -1.0, 0.7, 2.0, -0.4}, y{-0.2, 1.1, 0.5, -0.8, 0.6};
  const auto chance = [](double logit) { return 1.0 / (1.0 + std::exp(-logit)); };
  const double of_x[] = {1.0, 3.0, 0.0, 2.0}, of_y[] = {1.0, 0.0, 3.0, 2.0};
  const std::size_t seen_by_y[] = {0, 2, 1, 3};
  const auto outcomes = [](double p, double q) {
    return std::array{p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)};
  };
  std::array<double, 4> now = outcomes(chance(x[0]), chance(y[0]));
  double first = 0.0, second = 0.0, worth = 0.04;
  for (int round = 0; round < 2000; ++round, worth *= 0.96) {
    std::array<double, 4> next{};
    for (std::size_t s = 0; s < 4; ++s) {
      first += worth * now[s] * of_x[s];
      second += worth * now[s] * of_y[s];
      const auto then = outcomes(chance(x[1 + s]), chance(y[1 + seen_by_y[s]]));
      for (std::size_t t = 0; t < 4; ++t) next[t] += now[s] * then[t];
    }
    now = next;
  }
  EXPECT_NEAR(losses(game, x, y)[0], first, 1e-12);
  EXPECT_NEAR(losses(game, x, y)[1], second, 1e-12);
}

TEST(GameFile, ReadsEverything) {
  const Game game = parse_game_file(R"(
title = "A title"
formula = """
min x[2] max y:
  a*x[1]*y + x[2]^2"""
shows = "why"
shows_zh = "为什么"
start = [0.5, "1/4", 0]

[paper]
authors = "One, Two"
year = 2020
title = "On it"
link = "arXiv:0000.00000"

[parameters.a]
default = "1/2"
range = [0.1, 10]
log = true
about = "strength"

[domain]
"x[1]" = [0, 1]
y = [-inf, "2*pi"]

[view]
x = [-1, 1]
y = [-2, 2]

[[points]]
at = ["a - 0.5", 0, 0]
class = "degenerate-nash"
flow = "marginal"
value = 0
about = "here"
)",
                                    "full", "full.toml");
  EXPECT_EQ(game.title, "A title");
  EXPECT_EQ(game.shows_zh, "为什么");
  EXPECT_EQ(game.start, (std::vector{0.5, 0.25, 0.0}));
  EXPECT_EQ(game.paper.year, 2020);
  EXPECT_EQ(game.parameters[0].value, 0.5);
  EXPECT_TRUE(game.parameters[0].range->logarithmic);
  EXPECT_EQ(game.coordinates[0].high, 1.0);
  EXPECT_FALSE(game.coordinates[1].is_bounded());
  EXPECT_DOUBLE_EQ(game.coordinates[2].high, 6.283185307179586);
  EXPECT_EQ(game.view[1][0], -1.0);
  ASSERT_EQ(game.points.size(), 1u);
  EXPECT_EQ(game.points[0].kind, PointClass::kDegenerateNash);
  EXPECT_EQ(game.points[0].flow, Flow::kMarginal);
  EXPECT_EQ(game.points[0].value, 0.0);
}

TEST(GameFile, SaysWhereItIsWrong) {
  const std::string ok = "formula = \"min x max y: a*x*y\"\nparameters.a.default = 1\n";
  const std::pair<std::string, std::string> cases[] = {
      {"", "g.toml:1:1: the key 'formula' is missing"},
      {"formula = 3", "g.toml:1:11: 'formula' must be text in quotes, not a number"},
      {"formula = \"\"",
       "g.toml:1:11: in 'formula': the game is empty; write for example 'min x max y: x*y', or 'x: "
       "x^2 + x*y; y: y^2 - x*y'"},
      {"a = ",
       "g.toml:1:5: this is not TOML: Error while parsing key-value pair: encountered "
       "end-of-file"},
      {ok + "titel = \"x\"",
       "g.toml:3:1: unknown key 'titel' in a game file; did you mean 'title'?"},
      {ok + "title = [1]", "g.toml:3:9: 'title' must be text in quotes, not an array"},
      {ok + "start = 1", "g.toml:3:9: 'start' must be an array, not a number"},
      {ok + "start = [1]", "g.toml:3:9: 'start' has 1 numbers, but the game has 2 coordinates"},
      {ok + "start = [1, true]",
       "g.toml:3:13: 'start' must be a number or a formula in quotes, not true or false"},
      {ok + "start = [1, \"1 +\"]", "g.toml:3:13: in 'start': something must follow '+'"},
      {ok + "start = [1, inf]", "g.toml:3:13: 'start' must be finite"},
      {ok + "start = [3, 0]\n[domain]\nx = [0, 1]",
       "g.toml:3:10: 'start' leaves the domain of 'x', 0 to 1"},
      {ok + "[domain]\nz = [0, 1]", "g.toml:4:1: unknown key 'z' in [domain]; known are x, y"},
      {ok + "[domain]\nx = [1, 0]",
       "g.toml:4:5: 'x' is empty: [1, 0] must have the smaller number first"},
      {ok + "[domain]\nx = [1]", "g.toml:4:5: 'x' must be [low, high], not 1 values"},
      {ok + "[domain]\nx = [nan, 1]",
       "g.toml:4:5: 'x' is empty: [nan, 1] must have the smaller number first"},
      {ok + "domain = 3", "g.toml:3:10: [domain] must be a table, not a number"},
      {ok + "[view]\nx = [0, 1]", "g.toml:3:1: [view] lacks 'y'"},
      {ok + "[view]\nx = [0, inf]\ny = [0, 1]", "g.toml:4:5: a view has finite ends"},
      {ok + "[paper]\nyear = \"1999\"", "g.toml:4:8: 'year' must be a whole number"},
      {ok + "[paper]\nauthor = \"A\"",
       "g.toml:4:1: unknown key 'author' in [paper]; did you mean 'authors'?"},
      {ok + "[[points]]\nat = [0, 0]\nflow = \"centre\"", "g.toml:3:1: the key 'class' is missing"},
      {ok + "[[points]]\nat = [0, 0]\nclass = \"Nash\"\nflow = \"centre\"",
       "g.toml:5:9: 'class' must be one of nash, degenerate-nash, minimax, none, not 'Nash'"},
      {ok + "[[points]]\nat = [0, \"beta\"]",
       "g.toml:4:10: in 'at': unknown name 'beta'; this formula knows a"},
      {"formula = \"min x max y: x*y\"\n[parameters.sin]\ndefault = 1",
       "g.toml:2:13: 'sin' cannot name a parameter"},
      {"formula = \"min x max y: x*y\"\n[parameters.a]\nrange = [0, 1]",
       "g.toml:2:1: the key 'default' is missing"},
      {"formula = \"min x max y: x*y\"\n[parameters.a]\ndefault = 2\nrange = [0, 1]",
       "g.toml:3:11: the default 2 is outside the range, 0 to 1"},
      {"formula = \"min x max y: x*y\"\n[parameters.a]\ndefault = 1\nrange = [0, 1]\nlog = true",
       "g.toml:5:7: a logarithmic range must begin above zero"},
      {"formula = \"min x max y: a*x*y; a = 2\"\n[parameters.a]\ndefault = 1",
       "g.toml:1:11: in 'formula': 'a' is named twice"},
      {std::string(30'000, 'a') + std::string(100'000, '.'),
       "g.toml:1: more than 64 dots in a line; break the line"},
      {std::string(2'000'000, '#'), "g.toml has 2000000 characters; at most 1048576 are taken"},
  };
  for (const auto& [toml, message] : cases) {
    try {
      parse_game_file(toml, "g", "g.toml");
      ADD_FAILURE() << "taken: " << toml;
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), message);
    }
  }
}

TEST(GameFile, ShowsTheLineOfItsMistakes) {
  try {
    parse_game_file("title = \"\u535A\u5F08\"\nformula = \"\"\"\nmin x max y:\n  x*z\"\"\"\n", "g",
                    "g");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.detail(), "    x*z\n      ^");
  }
  try {
    parse_game_file("formula = \"x: x^2\"\ntitle = \"\u535A\u5F08\"  # \u4E00\nshow = 3", "g", "g");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.detail(), "  show = 3\n  ^");
  }
}

TEST(GameFile, NeedsAName) {
  for (const char* name : {"", "A", "1a", "a--b", "a-", "a b", "a_b", "-a"})
    EXPECT_FALSE(is_game_name(name)) << name;
  for (const char* name : {"a", "a1", "a-b-2", "ring8"}) EXPECT_TRUE(is_game_name(name)) << name;
  EXPECT_THROW(parse_game_file("formula = \"x: x^2\"", "My Game", "x"), Error);
}

TEST(Catalogue, IsSortedAndItsNamesAreGood) {
  for (std::size_t i = 0; i < catalogue().size(); ++i) {
    EXPECT_TRUE(is_game_name(catalogue()[i].name));
    EXPECT_TRUE(i == 0 || catalogue()[i - 1].name < catalogue()[i].name);
  }
}

}  // namespace
}  // namespace gyre
