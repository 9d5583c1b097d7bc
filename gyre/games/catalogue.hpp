#pragma once

#include <span>
#include <string_view>

#include "gyre/games/game.hpp"

namespace gyre {

/// A built-in game: one file of `games/`, embedded when the library is built.
struct CatalogueEntry {
  std::string_view name;
  std::string_view toml;
};

/// All built-in games, by name.
std::span<const CatalogueEntry> catalogue();

/// A fresh copy of a built-in game. Throws Error that names the nearest one.
Game catalogue_game(std::string_view name);

/// A game from what a user typed: a game's text, the path of a game file or of a table
/// of payoffs (`.csv`, `.npy`, `.nfg`), or the name of a built-in
/// game, which may set parameters: `dirac-r1(gamma=1)`.
Game load_game(std::string_view what);

}  // namespace gyre
