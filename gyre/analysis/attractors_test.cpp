#include "gyre/analysis/attractors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

/// A square of starts, row by row.
SwarmLanes plane(std::size_t side, double low, double high) {
  return {0, side * side, {}, [=](std::size_t from, std::size_t n, auto points, auto) {
            const double step = (high - low) / static_cast<double>(side - 1);
            for (std::size_t l = 0; l < n; ++l) {
              points[0][l] = low + step * static_cast<double>((from + l) % side);
              points[1][l] = low + step * static_cast<double>((from + l) / side);
            }
          }};
}

Attractors found(const Game& game, const char* rule, double half) {
  std::vector<std::vector<double>> known;
  for (const KnownPoint& p : game.points) known.push_back(p.at);
  return find_attractors(trace(game, parse_pipe(rule)), plane(300, -half, half), known);
}

TEST(Attractors, ForsakenHasAPointAndACycle) {
  for (const char* rule : {"alternating(0.05)", "extragradient(0.01)", "alternating(0.1)"}) {
    const Attractors a = found(catalogue_game("forsaken"), rule, 1.4);
    EXPECT_EQ(a.points.size(), 1u) << rule;
    ASSERT_EQ(a.cycles.size(), 1u) << rule;
    std::printf("%s %g %zu\n", rule, a.cycles[0].period, a.cycles[0].places.size());
  }
}

}  // namespace
}  // namespace gyre
