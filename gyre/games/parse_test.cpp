#include "gyre/games/parse.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "gyre/core/error.hpp"
#include "gyre/expr/print.hpp"

namespace gyre {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(GameText, ReadsAZeroSumGame) {
  const Game game = parse_game("min x max y: x*y");
  ASSERT_EQ(game.players.size(), 2u);
  EXPECT_TRUE(game.zero_sum);
  EXPECT_EQ(to_text(game.payoff), "x*y");
  EXPECT_EQ(to_text(game.players[0].loss), "x*y");
  EXPECT_EQ(to_text(game.players[1].loss), "-(x*y)");
  EXPECT_EQ(game.players[1].name, "y");
  EXPECT_TRUE(game.players[1].maximises);
  EXPECT_FALSE(game.coordinates[0].is_bounded());
  EXPECT_EQ(game.coordinates[0].low, -kInfinity);
}

TEST(GameText, MayNameTheMaximiserFirst) {
  const Game game = parse_game("max y min x: x*y^2");
  EXPECT_TRUE(game.players[0].maximises);
  EXPECT_EQ(game.coordinates[0].name, "y");
  EXPECT_EQ(to_text(game.players[1].loss), to_text(game.payoff));
}

TEST(GameText, ReadsOneLossAPlayer) {
  const Game game =
      parse_game("x: x^2 - z; y: max x*y; z: min z^2; w: max (w + 1)*-w; v: max(v, 0)");
  EXPECT_FALSE(game.zero_sum);
  ASSERT_EQ(game.players.size(), 5u);
  EXPECT_EQ(to_text(game.players[1].loss), "-(x*y)");
  EXPECT_TRUE(game.players[1].maximises);
  EXPECT_FALSE(game.players[2].maximises);
  EXPECT_TRUE(game.players[3].maximises);
  EXPECT_FALSE(game.players[4].maximises);
  EXPECT_EQ(to_text(game.players[4].loss), "max(v, 0)");
}

TEST(GameText, ReadsVectorsAndMixtures) {
  const Game game = parse_game("min x[3], u max y[2], v: sum(x^2) + u*v + x[3]*y[2]");
  ASSERT_EQ(game.dim(), 7u);
  EXPECT_EQ(game.coordinates[2].name, "x[3]");
  EXPECT_EQ(game.players[0].name, "x,u");
  EXPECT_EQ(game.players[1].first, 4u);
  EXPECT_EQ(game.players[1].count, 3u);
  EXPECT_EQ(game.player_named("v"), 1u);
  EXPECT_EQ(game.player_named("y"), 1u);
  EXPECT_EQ(game.player_named("1"), 0u);
  EXPECT_EQ(game.player_named("3"), std::nullopt);
}

TEST(GameText, TakesParametersDefinitionsAndFunctionsInAnyOrder) {
  const Game game = parse_game(
      "r = phi(x) + psi(y); min x max y: a*r; phi(z) = z^2*b;; psi(x) = phi(x) - y; a = 1/sqrt(4);"
      " b = 2*a; ");
  ASSERT_EQ(game.parameters.size(), 1u);
  EXPECT_EQ(game.parameters[0].name, "a");
  EXPECT_EQ(game.parameters[0].value, 0.5);
  const double at = evaluate(game.payoff, {{game.coordinates[0].symbol, 3.0},
                                           {game.coordinates[1].symbol, 5.0},
                                           {game.parameters[0].symbol, 0.5}});
  EXPECT_EQ(at, 0.5 * (9.0 + 25.0 - 5.0));  // phi doubles and halves: b = 2*a = 1
}

TEST(GameText, AnArgumentMayBeCalledLikeADefinitionThatAnotherNeeds) {
  const Game game = parse_game("f(r) = r + g(1); g(z) = r*z; r = x + 1; min x max y: f(y) + r");
  EXPECT_EQ(evaluate(game.payoff,
                     {{game.coordinates[0].symbol, 2.0}, {game.coordinates[1].symbol, 10.0}}),
            10.0 + 3.0 + 3.0);
}

TEST(GameText, ReadsBoxesEverywhere) {
  const Game game = parse_game(
      "min x in [-1, 1], z, w max v[2] in [-pi, max(1, 2)], y[2]: x*y[1] + z*v[1] + w;"
      "w, z in [-inf, 0]; y[2] in [0, 1]");
  const auto box = [&](std::size_t i) {
    return std::pair{game.coordinates[i].low, game.coordinates[i].high};
  };
  EXPECT_EQ(box(0), std::pair(-1.0, 1.0));
  EXPECT_EQ(box(1), std::pair(-kInfinity, 0.0));
  EXPECT_EQ(box(2), std::pair(-kInfinity, 0.0));
  EXPECT_EQ(box(3), std::pair(-3.141592653589793, 2.0));
  EXPECT_EQ(box(4), std::pair(-3.141592653589793, 2.0));
  EXPECT_EQ(box(5), std::pair(-kInfinity, kInfinity));
  EXPECT_EQ(box(6), std::pair(0.0, 1.0));
}

TEST(GameText, ReadsSamplesAndTakesTheirMean) {
  const Game game = parse_game("min x max y: a*x*y + b*x^2; a ~ [1, 2, 6]; b ~ [2^-1, -1, 1/2]");
  EXPECT_EQ(game.samples.names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(game.samples.values[1], (std::vector<double>{0.5, -1.0, 0.5}));
  EXPECT_EQ(game.samples.size(), 3u);
  EXPECT_TRUE(game.parameters.empty());
  const std::vector<Expr> at = game.symbols();
  const double payoff = evaluate(game.payoff, {{at[0], 2.0}, {at[1], 5.0}});
  EXPECT_DOUBLE_EQ(payoff, 30.0);
  EXPECT_DOUBLE_EQ(evaluate(game.players[1].loss, {{at[0], 2.0}, {at[1], 5.0}}), -30.0);
  EXPECT_EQ(to_text(game.samples.losses[0]), "a*x*y + b*x^2");
  EXPECT_EQ(parse_game("min x max y: x*y").samples.size(), 0u);
}

}  // namespace
}  // namespace gyre
