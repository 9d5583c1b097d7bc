#include "gyre/analysis/starts.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/games/domain.hpp"

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

/// A point of the region, every one as likely.
void draw(const Region& region, Stream& stream, std::span<double> own) {
  double length = 0.0;
  if (region.kind == Region::Kind::kSimplex) {
    // Waiting times, each as a share of all.
    for (double& share : own) length += share = -std::log1p(-stream.uniform());
    for (double& share : own) share *= region.size / length;
    return;
  }
  for (double& x : own) length = std::hypot(length, x = stream.normal());
  const double far =
      region.size * std::pow(stream.uniform(), 1.0 / static_cast<double>(own.size()));
  for (std::size_t i = 0; i < own.size(); ++i)
    own[i] = region.centre[i] + (length > 0.0 ? own[i] * (far / length) : 0.0);
}

}  // namespace

Box default_box(const Game& game) {
  Box box;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    box.push_back(region(game, i));
    const Region* r = region_of(game, i);
    if (!r || i < game.view.size()) continue;
    const bool simplex = r->kind == Region::Kind::kSimplex;
    const double centre = simplex ? 0.0 : r->centre[i - r->first];
    box.back() = {simplex ? 0.0 : centre - r->size, centre + r->size};
  }
  return box;
}

std::vector<double> default_start(const Game& game, std::uint64_t seed) {
  if (!game.start.empty()) return game.start;
  if (game.dim() > 2 || !game.regions.empty()) return random_starts(game, 1, seed).front();
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
    for (const Region& r : game.regions)
      draw(r, stream, std::span(starts[k]).subspan(r.first, r.count));
  }
  return starts;
}

}  // namespace gyre
