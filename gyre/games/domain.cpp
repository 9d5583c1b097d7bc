#include "gyre/games/domain.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

double distance(std::span<const double> a, std::span<const double> b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

/// Held, Wolfe and Crowder (1974): lower all by the same threshold, and nothing below zero.
void onto_simplex(std::span<double> w, double size) {
  std::vector<double> falling(w.begin(), w.end());
  std::ranges::sort(falling, std::greater<>());
  double sum = 0.0, threshold = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < falling.size(); ++k) {
    sum += falling[k];
    threshold = std::max(threshold, (sum - size) / static_cast<double>(k + 1));
  }
  for (double& value : w) value = std::max(value - threshold, 0.0);
}

}  // namespace

std::string confine(Game& game, std::size_t first, std::size_t count, const std::string& name,
                    const Domain& domain) {
  for (std::size_t i = first; i < first + count; ++i)
    if (is_confined(game, i))
      return "'" + (count > 1 && region_of(game, i) ? name : game.coordinates[i].name) +
             "' already has a " + (region_of(game, i) ? "domain" : "box");
  if (!domain.region) {
    for (std::size_t i = first; i < first + count; ++i) {
      game.coordinates[i].low = domain.low;
      game.coordinates[i].high = domain.high;
    }
    return {};
  }
  Region region = *domain.region;
  region.first = first;
  region.count = count;
  if (region.kind == Region::Kind::kSimplex && count < 2)
    return "a simplex needs a vector of at least two components, and '" + name +
           "' is a single number";
  if (region.kind == Region::Kind::kBall) {
    if (region.centre.empty()) region.centre.assign(count, 0.0);
    if (region.centre.size() != count)
      return "the ball's centre has " + std::to_string(region.centre.size()) + " numbers, but '" +
             name + "' has " + std::to_string(count);
  }
  const auto after = std::ranges::find_if(
      game.regions, [&](const Region& other) { return other.first > region.first; });
  game.regions.insert(after, std::move(region));
  return {};
}

const Region* region_of(const Game& game, std::size_t i) {
  for (const Region& r : game.regions)
    if (i >= r.first && i < r.first + r.count) return &r;
  return nullptr;
}

bool is_confined(const Game& game, std::size_t i) {
  return game.coordinates[i].is_bounded() || region_of(game, i);
}

bool is_confined(const Game& game) {
  return !game.regions.empty() ||
         std::ranges::any_of(game.coordinates, [](const Coordinate& c) { return c.is_bounded(); });
}

bool is_inside(const Game& game, std::span<const double> at, double tolerance) {
  GYRE_ASSERT(at.size() == game.dim());
  for (std::size_t i = 0; i < game.dim(); ++i)
    if (!(at[i] >= game.coordinates[i].low - tolerance &&
          at[i] <= game.coordinates[i].high + tolerance))
      return false;
  // Whatever the tolerance, nobody can add a simplex's shares up more exactly than this.
  constexpr double kRounding = 1e-12;
  for (const Region& r : game.regions) {
    const auto own = at.subspan(r.first, r.count);
    const double slack = std::max(tolerance, kRounding * r.size);
    if (r.kind == Region::Kind::kBall) {
      if (!(distance(own, r.centre) <= r.size + slack)) return false;
      continue;
    }
    const double sum = std::accumulate(own.begin(), own.end(), 0.0);
    if (!(std::abs(sum - r.size) <= slack * static_cast<double>(r.count))) return false;
    if (!(std::ranges::min(own) >= -slack)) return false;
  }
  return true;
}

void project(const Game& game, std::span<double> at) {
  GYRE_ASSERT(at.size() == game.dim());
  for (std::size_t i = 0; i < game.dim(); ++i)
    at[i] = std::min(std::max(at[i], game.coordinates[i].low), game.coordinates[i].high);
  for (const Region& r : game.regions) {
    const auto own = at.subspan(r.first, r.count);
    if (r.kind == Region::Kind::kSimplex) {
      onto_simplex(own, r.size);
      continue;
    }
    const double far = distance(own, r.centre);
    if (far <= r.size) continue;
    for (std::size_t i = 0; i < own.size(); ++i)
      own[i] = r.centre[i] + (own[i] - r.centre[i]) * (r.size / far);
  }
}

}  // namespace gyre
