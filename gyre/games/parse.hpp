#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gyre/games/game.hpp"

namespace gyre {

/// Reads a game from text: items between semicolons, in any order.
///
///     min x max y: x*y                    two players, one payoff
///     x: x^2 + x*y; y: max x*y - y^2      one formula a player; each minimises unless it says
///     `max` min x[3], u max y[3]: dot(x, y)     vectors, counted from one a = 2 a parameter, whose
///     default is any constant formula r = x^2 + y^2                       a name for a formula
///     phi(z) = z^2/4 - z^4/2              a function of numbers
///     x, y in [-1, 1]                     a box; also behind the variables: min x in [-1, 1] max
///     ...
///
/// A player is named by its variables (`x`, or `x1,x2`). Throws Error with a caret into `text`.
Game parse_game(std::string_view text);

/// The same with parameters declared elsewhere, whose value is zero until it is set.
Game parse_game(std::string_view text, std::span<const std::string> parameters);

/// A formula without variables, or nothing but a number: `1/sqrt(2)`. Throws Error.
double parse_constant(std::string_view text);

}  // namespace gyre
