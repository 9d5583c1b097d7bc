#pragma once

#include <string>
#include <string_view>

#include "gyre/games/game.hpp"

namespace gyre {

/// Reads a game from the text of a game file. `name` is the game's name and `source` what errors
/// call the text; they carry its line and column.
///
/// Keys: `title`, `formula`, `shows`, `shows_zh`, `start`; tables `[paper]` (authors, year, title,
/// link), `[parameters.NAME]` (default, range, log, about), `[domain]` and `[view]` (a pair of
/// numbers a variable), and `[[points]]` (at, class, flow, value, about). Where a number is wanted,
/// a formula in quotes may stand: "1/sqrt(2)"; in `at` it may use the parameters.
Game parse_game_file(std::string_view toml, std::string name, std::string source);

/// Reads a game file; the game's name is the file's name without `.toml`.
Game read_game_file(const std::string& path);

/// Lower-case letters, digits and single hyphens, beginning with a letter: what a game may be
/// called.
bool is_game_name(std::string_view name);

}  // namespace gyre
