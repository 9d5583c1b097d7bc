#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// A low and a high end for every coordinate.
using Box = std::vector<std::array<double, 2>>;

/// The region that is looked at when nobody says: the game's view, else its domain, else [-1, 1],
/// never outside the domain.
Box default_box(const Game& game);

/// Where to begin when nobody says: the game's own start; else off the middle of the region that is
/// drawn; beyond two coordinates, anywhere in it.
std::vector<double> default_start(const Game& game, std::uint64_t seed);

/// Starts spread evenly over the region: the game's view, else its domain, else [-1, 1]. The k-th
/// one depends on the seed and k alone.
std::vector<std::vector<double>> random_starts(const Game& game, std::size_t count,
                                               std::uint64_t seed);

}  // namespace gyre
