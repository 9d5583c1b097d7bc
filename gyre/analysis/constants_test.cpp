#include "gyre/analysis/constants.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

const std::vector<double> kOrigin{0.0, 0.0};

TEST(Constants, OfGlobalForsakenAreThePublishedOnes) {
  const Game game = load_game("global-forsaken");
  const auto constants = field_constants(game, game.view);
  ASSERT_TRUE(constants);
  EXPECT_NEAR(1.0 / constants->lipschitz.value, 0.331, 5e-4);
  EXPECT_LT(constants->monotonicity.value, 0.0);
  const auto rho = weak_minty(game, game.view, kOrigin);
  ASSERT_TRUE(rho);
  EXPECT_NEAR(rho->value, -0.11973, 5e-6);
}

TEST(Constants, OfTheWeakMintyQuadraticAreItsParameters) {
  for (const double rho : {-0.25, -0.6, 0.3})
    for (const double L : {1.0, 0.7}) {
      Game game = load_game("weakmvi-quad");
      set_parameter(game, "rho", rho);
      set_parameter(game, "L", L);
      EXPECT_NEAR(weak_minty(game, game.view, kOrigin)->value, rho, 1e-9);
      const auto constants = field_constants(game, game.view);
      EXPECT_NEAR(constants->lipschitz.value, L, 1e-12);
      EXPECT_NEAR(constants->monotonicity.value, L * L * rho, 1e-12);
    }
}

TEST(Constants, OfThePolarGameDecideWhichRulesConverge) {
  const std::pair<double, double> facts[] = {{0.2, -0.038}, {1.0 / 3, -0.101}, {0.75, -0.500}};
  for (const auto& [a, product] : facts) {
    Game game = load_game("polar-game");
    set_parameter(game, "a", a);
    const double rho = weak_minty(game, game.view, kOrigin)->value;
    EXPECT_NEAR(rho * field_constants(game, game.view)->lipschitz.value, product, 6e-4) << a;
  }
}

TEST(Constants, ASecondPointWhereTheFieldVanishesLeavesNoWeakMintyConstant) {
  const Game game = load_game("adolphs");
  EXPECT_TRUE(std::isinf(weak_minty(game, game.view, game.points.at(0).at)->value));
}

TEST(Constants, AreThereInMoreVariables) {
  const Game game = parse_game("min x[2] max y[2]: 3*x[1]*y[1] + x[2]*y[2] + x[1]^4/12");
  const std::vector<std::array<double, 2>> box(4, {-2, 1});
  const auto constants = field_constants(game, box);
  // At x1 = -2 the block [[4, 3], [-3, 0]] has the longest image: (a + sqrt(a^2 + 4 b^2))/2.
  EXPECT_NEAR(constants->lipschitz.value, 2 + std::sqrt(4.0 + 9.0), 1e-9);
  EXPECT_NEAR(constants->monotonicity.value, 0.0, 1e-12);
}

TEST(Constants, AreNotClaimedWithoutFiniteSlopes) {
  const Game game = parse_game("min x max y: x^0.5*y");
  const std::vector<std::array<double, 2>> box(2, {0, 1});
  EXPECT_FALSE(field_constants(game, box));
}

TEST(Constants, RotationGoesFromPotentialsToPureTurning) {
  const std::vector<double> at{0.3, 0.4};
  const Rotation none = rotation_at(parse_game("x: x^2 + x*y; y: y^2 + x*y"), at);
  EXPECT_NEAR(none.share, 0.0, 1e-15);
  EXPECT_NEAR(none.of_eigenvalues, 0.0, 1e-15);
  const Rotation pure = rotation_at(parse_game("min x max y: x*y"), at);
  EXPECT_NEAR(pure.share, 1.0, 1e-15);
  EXPECT_NEAR(pure.of_eigenvalues, 1.0, 1e-15);
  // J = [[3, 4], [-4, 3]]: 4 of 5 both ways.
  const Rotation half = rotation_at(parse_game("min x max y: 3*x^2/2 + 4*x*y - 3*y^2/2"), at);
  EXPECT_NEAR(half.share, 0.8, 1e-15);
  EXPECT_NEAR(half.of_eigenvalues, 0.8, 1e-15);
}

}  // namespace
}  // namespace gyre
