#pragma once

#include <string>
#include <vector>

#include "gyre/games/game.hpp"

namespace gyre::cli {

/// What every verb that takes a game says about the word.
inline constexpr const char* kGameWord =
    "formulas ('min x max y: x*y'), a built-in game, a .toml file, or - for stdin";

/// The game that was typed, with `--set name=value` carried out. `-` is read from standard input.
Game game_of(const std::string& typed, const std::vector<std::string>& settings);

}  // namespace gyre::cli
