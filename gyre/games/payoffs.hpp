#pragma once

#include <string>
#include <string_view>

#include "gyre/games/game.hpp"

namespace gyre {

/// The largest payoff table that is taken: pure strategies of both players together.
inline constexpr std::size_t kMostStrategies = 200;

/// Whether a path ends like a file of payoffs: `.csv`, `.npy` or `.nfg`.
bool is_payoff_file(std::string_view path);

/// The game of a table of payoffs in mixed strategies. Of a matrix A (CSV, or NPY with one or two
/// axes of f4, f8, i4 or i8 numbers) the game is `min x in simplex max y in simplex: x'Ay`: x
/// chooses the row and pays the entry to y, who chooses the column. Of a Gambit `.nfg` file for two
/// players, in payoff or outcome form, each player maximises its own payoff. `source` names the
/// file in errors, which tell line and column (of NPY: the byte). Throws Error.
Game parse_payoffs(std::string_view bytes, const std::string& source);

/// Reads a file of payoffs. Throws Error.
Game read_payoffs(const std::string& path);

}  // namespace gyre
