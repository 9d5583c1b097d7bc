#pragma once

#include <optional>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre {

/// An equilibrium of a matrix game, to rounding, by the simplex method: both players' mixes side by
/// side. Nothing for other games: more than two players, losses that do not sum to zero, a payoff
/// that is not bilinear, a player that has anything but one simplex.
std::optional<std::vector<double>> matrix_equilibrium(const Game& game);

}  // namespace gyre
