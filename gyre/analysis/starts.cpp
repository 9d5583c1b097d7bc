#include "gyre/analysis/starts.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/core/random.hpp"

namespace gyre {

namespace {

/// Where coordinate i is looked at: never outside its domain.
std::array<double, 2> region(const Game& game, std::size_t i) {
  const Coordinate& c = game.coordinates[i];
  if (i < game.view.size())
    return {std::max(game.view[i][0], c.low), std::min(game.view[i][1], c.high)};
  if (std::isfinite(c.low) && std::isfinite(c.high)) return {c.low, c.high};
  if (std::isfinite(c.low)) return {c.low, c.low + 2.0};
  if (std::isfinite(c.high)) return {c.high - 2.0, c.high};
  return {-1.0, 1.0};
}

}  // namespace

std::vector<double> default_start(const Game& game, std::uint64_t seed) {
  if (!game.start.empty()) return game.start;
  if (game.dim() > 2) return random_starts(game, 1, seed).front();
  std::vector<double> start;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const auto [low, high] = region(game, i);
    start.push_back(0.5 * (low + high) + 0.5 * (high - low) * (i == 0 ? 0.6 : 0.7));
  }
  return start;
}

std::vector<std::vector<double>> random_starts(const Game& game, std::size_t count,
                                               std::uint64_t seed) {
  std::vector<std::vector<double>> starts(count);
  for (std::size_t k = 0; k < count; ++k) {
    Stream stream(seed, "start", k);
    for (std::size_t i = 0; i < game.dim(); ++i) {
      const auto [low, high] = region(game, i);
      starts[k].push_back(stream.uniform(low, high));
    }
  }
  return starts;
}

}  // namespace gyre
