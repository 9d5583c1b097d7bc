#include "gyre/fields/projection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/fields/symbolic_field.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

std::vector<double> projected(const Game& game, const std::vector<double>& at) {
  const SymbolicField field(game);
  std::vector<std::pair<Expr, double>> values;
  for (std::size_t i = 0; i < at.size(); ++i)
    values.emplace_back(game.coordinates[i].symbol, at[i]);
  std::vector<double> inside;
  for (const Expr& e : field.project(field.here()).at)
    inside.push_back(evaluate<double>(e, values));
  return inside;
}

TEST(Projection, AgreesWithThePlainOneAndIsTheNearestPoint) {
  for (std::size_t n = 2; n <= 17; ++n) {
    const std::string size = std::to_string(n);
    const Game game = parse_game("x[" + size + "] in simplex(3/2): sum(x); y[" + size +
                                 "] in ball(2), z in [0, 1]: sum(y*x) + z");
    for (std::size_t k = 0; k < 40; ++k) {
      Stream random(n, "projection", k);
      const auto draw = [&](double reach) {
        std::vector<double> w;
        for (std::size_t i = 0; i < game.dim(); ++i) w.push_back(random.uniform(-reach, reach));
        return w;
      };
      const std::vector<double> w = draw(k % 2 ? 0.4 : 4.0);
      std::vector<double> expected = w;
      project(game, expected);
      const std::vector<double> found = projected(game, w);
      ASSERT_TRUE(is_inside(game, found, 1e-12));
      for (std::size_t i = 0; i < w.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-14);
      // The nearest point of a convex set sees no point of it at an acute angle to where it came
      // from.
      std::vector<double> other = draw(3.0);
      project(game, other);
      double angle = 0.0;
      for (std::size_t i = 0; i < w.size(); ++i) angle += (w[i] - found[i]) * (other[i] - found[i]);
      EXPECT_LE(angle, 1e-12);
      const std::vector<double> again = projected(game, found);
      for (std::size_t i = 0; i < w.size(); ++i) EXPECT_NEAR(again[i], found[i], 1e-14);
    }
  }
}

TEST(Projection, IsSafeWithItsSlopesAtTheCentreOfABall) {
  const Game game = parse_game("x[2] in ball(1, [1, -1/2]): sum(x^2)");
  EXPECT_EQ(projected(game, {1.0, -0.5}), (std::vector{1.0, -0.5}));
  EXPECT_EQ(projected(game, {1.0, 3.5}), (std::vector{1.0, 0.5}));
  const SymbolicField field(game);
  const std::vector<Expr> symbols = game.symbols();
  const std::vector<Expr> slopes = gradient(field.project(field.here())[0], symbols);
  const std::pair<Expr, double> at[] = {{symbols[0], 1.0}, {symbols[1], -0.5}};
  EXPECT_EQ(evaluate<double>(slopes[0], at), 1.0);
  EXPECT_EQ(evaluate<double>(slopes[1], at), 0.0);
}

TEST(Projection, LeavesWhatIsOnTheSimplexAloneToFirstOrder) {
  const Game game = parse_game("x[3] in simplex: sum(x^2)");
  const SymbolicField field(game);
  const std::vector<Expr> symbols = game.symbols();
  const SymbolicPoint inside = field.project(field.here());
  for (const std::vector<double>& at :
       {std::vector{0.5, 0.25, 0.25}, {0.25, 0.75, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}) {
    std::vector<std::pair<Expr, double>> values;
    for (std::size_t i = 0; i < 3; ++i) values.emplace_back(symbols[i], at[i]);
    for (std::size_t i = 0; i < 3; ++i) {
      const std::vector<Expr> slopes = gradient(inside[i], symbols);
      for (std::size_t j = 0; j < 3; ++j)  // along the simplex: from share j to the next
        EXPECT_NEAR(
            evaluate<double>(slopes[(j + 1) % 3], values) - evaluate<double>(slopes[j], values),
            (i == (j + 1) % 3) - (i == j), 1e-15);
    }
  }
}

TEST(Projection, DoesNotRepeatItself) {
  const Game game = parse_game("x[3] in simplex: sum(x^2); y[2] in ball(1): sum(y)");
  const SymbolicField field(game);
  const SymbolicPoint once = field.project(field.here());
  const SymbolicPoint twice = field.project(once);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i], twice[i]);
}

TEST(Projection, MakesTheResidualVanishAtEquilibriaOfMatrixGames) {
  const Game game = parse_game("min x[2] in simplex max y[2] in simplex: 3*x[1]*y[1] + x[2]*y[2]");
  SymbolicField field(game);
  const SymbolicPoint still = field.residual(field.here());
  const auto length_at = [&](const std::vector<double>& at) {
    std::vector<std::pair<Expr, double>> values;
    for (std::size_t i = 0; i < 4; ++i) values.emplace_back(game.coordinates[i].symbol, at[i]);
    double squares = 0.0;
    for (const Expr& e : still.at) squares += std::pow(evaluate<double>(e, values), 2);
    return std::sqrt(squares);
  };
  EXPECT_LE(length_at({0.25, 0.75, 0.25, 0.75}), 1e-15);
  EXPECT_GE(length_at({0.5, 0.5, 0.5, 0.5}), 0.5);
  EXPECT_GE(length_at({1.0, 0.0, 1.0, 0.0}), 0.5);
}

}  // namespace
}  // namespace gyre
