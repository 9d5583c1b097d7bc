#include "gyre/fields/symbolic_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

using ::testing::ElementsAre;

std::vector<double> values(const Game& game, const SymbolicPoint& point,
                           const std::vector<double>& at) {
  std::vector<std::pair<Expr, double>> known;
  for (std::size_t i = 0; i < at.size(); ++i) known.emplace_back(game.coordinates[i].symbol, at[i]);
  for (const Parameter& p : game.parameters) known.emplace_back(p.symbol, p.value);
  std::vector<double> all;
  for (const Expr& e : point.at) all.push_back(evaluate<double>(e, known));
  return all;
}

SymbolicPoint numbers(const SymbolicField& field, const std::vector<double>& at) {
  return field.point({at.begin(), at.end()});
}

TEST(SymbolicField, EveryPlayerDescendsItsOwnLoss) {
  const Game zero_sum = parse_game("min x max y: x^2*y");
  SymbolicField field(zero_sum);
  EXPECT_THAT(values(zero_sum, field.at(field.here()), {3, 5}), ElementsAre(30, -9));

  const Game first_max = parse_game("max x min y: x^2*y");
  EXPECT_THAT(
      values(first_max, SymbolicField(first_max).at(SymbolicField(first_max).here()), {3, 5}),
      ElementsAre(-30, 9));

  const Game general = parse_game("x: x^2 + y; y: max x*y; z: (z - x)^2");
  EXPECT_THAT(values(general, SymbolicField(general).at(SymbolicField(general).here()), {3, 5, 4}),
              ElementsAre(6, -3, 2));
}

TEST(SymbolicField, OnePlayersBlockHasZerosElsewhere) {
  const Game game = parse_game("x[2]: x[1]*y + x[2]; y, z: x[1]*y + z^2");
  SymbolicField field(game);
  const SymbolicPoint w = field.here();
  EXPECT_EQ(field.players(), 2u);
  EXPECT_THAT(values(game, field.at(w, 0), {2, 3, 5, 7}), ElementsAre(5, 1, 0, 0));
  EXPECT_THAT(values(game, field.at(w, 1), {2, 3, 5, 7}), ElementsAre(0, 0, 2, 14));
  EXPECT_THAT(values(game, field.at(w), {2, 3, 5, 7}), ElementsAre(5, 1, 2, 14));
  EXPECT_THAT(values(game, on(0, field.at(w, 0), field.at(w, 1)), {2, 3, 5, 7}),
              ElementsAre(5, 1, 2, 14));
}

TEST(SymbolicField, CountsAPlayersGradientAsItsShare) {
  const Game game = parse_game("x: x^2; y: y*x; z: z*y; u: u*u");
  SymbolicField field(game);
  const SymbolicPoint w = field.here();
  EXPECT_EQ(field.calls(), 0.0);
  field.at(w);
  field.at(w, 2);
  EXPECT_EQ(field.calls(), 1.25);
  field.jvp(w, w);
  field.vjp(w, w);
  field.project(w);
  EXPECT_EQ(field.calls(), 1.25);
  EXPECT_EQ(field.products(), 2);
  field.reset_counts();
  EXPECT_EQ(field.calls(), 0.0);
  EXPECT_EQ(field.products(), 0);
}

TEST(SymbolicField, MayBeAskedAnywhereAndNotOnlyHere) {
  const Game game = parse_game("min x max y: x^2*y");
  SymbolicField field(game);
  const SymbolicPoint w = field.here();
  // The names of the game appear in the place that is asked about, swapped.
  EXPECT_THAT(values(game, field.at(field.point({w[1], w[0]})), {3, 5}), ElementsAre(30, -25));
  EXPECT_THAT(values(game, field.at(numbers(field, {2, 7})), {3, 5}), ElementsAre(28, -4));
  EXPECT_THAT(values(game, field.jvp(numbers(field, {2, 7}), w), {3, 5}), ElementsAre(62, -12));
}

/// A game of chance: every monomial of up to two variables with small coefficients, some bent.
std::string random_game(Stream& random) {
  const std::vector<std::string> names{"x[1]", "x[2]", "y", "z"};
  auto loss = [&] {
    std::string text = "0";
    for (const std::string& a : names)
      for (const std::string& b : names) {
        const char* const bends[] = {"", "sin", "tanh", "exp"};
        text += " + " + number(std::round(random.uniform(-8, 8)) / 8) + "*" +
                bends[random.bits() % 4] + "(" + a + "*" + b + ")";
      }
    return text;
  };
  return "x[2]: " + loss() + "; y: max " + loss() + "; z: " + loss();
}

TEST(SymbolicField, AgreesWithDifferencesOfTheLosses) {
  for (std::uint64_t draw = 0; draw < 30; ++draw) {
    Stream random(1, "games", draw);
    const Game game = parse_game(random_game(random));
    SymbolicField field(game);
    std::vector<double> at, u;
    for (int i = 0; i < 4; ++i) at.push_back(random.uniform(-1, 1)), u.push_back(random.normal());
    const SymbolicPoint w = field.here();
    const std::vector<double> v = values(game, field.at(w), at);
    const std::vector<double> jvp = values(game, field.jvp(w, numbers(field, u)), at);
    const std::vector<double> vjp = values(game, field.vjp(w, numbers(field, u)), at);

    // Central differences: off by h^2 times third slopes and by roundings over h.
    const double h = 1e-5, tolerance = 1e-7;
    auto moved = [&](std::size_t i, double by) {
      std::vector<double> there = at;
      there[i] += by;
      return there;
    };
    std::vector<std::vector<double>> columns;
    for (std::size_t i = 0; i < 4; ++i) {
      const Player& owner = game.players[i < 2 ? 0 : i - 1];
      const SymbolicPoint loss = field.point({owner.loss});
      const double slope =
          (values(game, loss, moved(i, h))[0] - values(game, loss, moved(i, -h))[0]) / (2 * h);
      EXPECT_NEAR(v[i], slope, tolerance);
      const std::vector<double> right = values(game, field.at(w), moved(i, h));
      const std::vector<double> left = values(game, field.at(w), moved(i, -h));
      columns.emplace_back();
      for (std::size_t r = 0; r < 4; ++r) columns[i].push_back((right[r] - left[r]) / (2 * h));
    }
    for (std::size_t r = 0; r < 4; ++r) {
      double forward = 0.0, backward = 0.0;
      for (std::size_t c = 0; c < 4; ++c) {
        forward += columns[c][r] * u[c];
        backward += columns[r][c] * u[c];
      }
      EXPECT_NEAR(jvp[r], forward, 1e-5);
      EXPECT_NEAR(vjp[r], backward, 1e-5);
    }
  }
}

TEST(SymbolicField, ProjectsOntoTheBox) {
  const Game game = parse_game("min x in [-1, 2] max y in [-inf, 3], z: x*y*z");
  const SymbolicField field(game);
  const SymbolicPoint w = field.here();
  EXPECT_THAT(values(game, field.project(w), {0.5, -9, 99}), ElementsAre(0.5, -9, 99));
  EXPECT_THAT(values(game, field.project(w), {-5, 4, -99}), ElementsAre(-1, 3, -99));
  EXPECT_THAT(values(game, field.project(w), {5, 3, 0}), ElementsAre(2, 3, 0));
  EXPECT_TRUE(std::isnan(values(game, field.project(w), {std::nan(""), 0, 0})[0]));
  EXPECT_EQ(field.project(w)[2], w[2]) << "nothing is done where there is no wall";
}

TEST(SymbolicField, ProjectingAgainChangesNothing) {
  const Game game = parse_game("min x in [-1, 2] max y: x*y");
  const SymbolicField field(game);
  const SymbolicPoint once = field.project(field.here()), twice = field.project(once);
  EXPECT_EQ(once.at, twice.at);
}

TEST(SymbolicField, ResidualIsTheFieldWithoutWalls) {
  const Game game = parse_game("min x max y: x^2*y");
  SymbolicField field(game);
  EXPECT_EQ(field.residual(field.here()).at, field.at(field.here()).at);
}

TEST(SymbolicField, ResidualAtAWallIsWhatCouldStillMove) {
  const Game game = parse_game("min x in [-1, 1] max y in [-1, 1]: 3*x + x*y - y^2/4 + y/2");
  SymbolicField field(game);
  const SymbolicPoint still = field.residual(field.here());
  // Deep inside, with a short field, it is the field: (3 + y, y/2 - x - 1/2).
  EXPECT_THAT(values(game, still, {0.125, 0.5}),
              ElementsAre(1.125, -0.375));                         // x stops at the wall
  EXPECT_THAT(values(game, still, {1, 0}), ElementsAre(2, -1));    // both are stopped on their way
  EXPECT_THAT(values(game, still, {-1, -1}), ElementsAre(0, 0));   // pressed against both walls
  EXPECT_THAT(values(game, still, {-1, 0}), ElementsAre(0, 0.5));  // x is at rest, y is not
}

}  // namespace
}  // namespace gyre
