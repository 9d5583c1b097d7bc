#include "gyre/analysis/starts.hpp"

#include <gtest/gtest.h>

#include "gyre/games/domain.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

TEST(Starts, LieInTheDomainAndFillIt) {
  const Game game = parse_game(
      "x[3] in simplex(2): x[1]; y[2] in ball(3, [1, 1]): y[1]; z in [0, inf]: z; u in [-1, 1]: u");
  EXPECT_TRUE(is_inside(game, default_start(game, 1), 1e-12));
  constexpr std::size_t kMany = 4000;
  double share = 0.0, radius = 0.0, edge = 0.0;
  for (const std::vector<double>& w : random_starts(game, kMany, 7)) {
    ASSERT_TRUE(is_inside(game, w, 1e-12));
    share += w[0] / kMany;
    edge += (w[0] > 1.0) / static_cast<double>(kMany);
    const double squares = (w[3] - 1) * (w[3] - 1) + (w[4] - 1) * (w[4] - 1);
    radius += squares / kMany;
  }
  EXPECT_NEAR(share, 2.0 / 3.0, 0.03);  // the mean share
  EXPECT_NEAR(edge, 0.25, 0.03);        // above half the sum: a quarter of the triangle
  EXPECT_NEAR(radius, 4.5, 0.2);        // the mean of r^2 in a disc: R^2 / 2
}

TEST(Starts, OfASmallGameOnASimplexAreOnIt) {
  const Game game = parse_game("x[2] in simplex: x[1]^2");
  EXPECT_TRUE(is_inside(game, default_start(game, 0), 1e-12));
}

}  // namespace
}  // namespace gyre
