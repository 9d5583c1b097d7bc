#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>

#include "gyre/games/game.hpp"

namespace gyre {

/// Where a variable may go, as it is written after `in`: a box, or a simplex or ball.
struct Domain {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::optional<Region> region;  ///< its coordinates are not set yet
};

/// Confines `count` coordinates from `first` on, called `name` in messages. Says what is wrong, or
/// nothing where all is well; the game is then unchanged.
std::string confine(Game& game, std::size_t first, std::size_t count, const std::string& name,
                    const Domain& domain);

/// The region that holds coordinate `i`, or null.
const Region* region_of(const Game& game, std::size_t i);

/// Whether coordinate `i` has a box or lies in a region.
bool is_confined(const Game& game, std::size_t i);

/// Whether any coordinate is confined.
bool is_confined(const Game& game);

/// Whether a point lies in the domain, but for rounding of size `tolerance`.
bool is_inside(const Game& game, std::span<const double> at, double tolerance = 0.0);

/// Moves a point to the nearest one of the domain.
void project(const Game& game, std::span<double> at);

}  // namespace gyre
