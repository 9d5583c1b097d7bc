#pragma once

#include <string>

namespace gyre::bench {

/// The text of a game of `variables` variables, half a player: every pair of coordinates of the two
/// is coupled, and each coordinate has a fourth power of its own. Work a step grows as the square.
std::string dense_game(int variables);

}  // namespace gyre::bench
