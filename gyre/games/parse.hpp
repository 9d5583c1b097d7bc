#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gyre/games/game.hpp"

namespace gyre {

/// Reads a game from text: items between semicolons, in any order.
///
/// `min x max y: x*y` has two players and one payoff; `x: x^2 + x*y; y: max x*y - y^2` has a
/// formula a player, who minimises it unless it says `max`. `min x[3], u max y[3]: dot(x, y)` has
/// vectors, counted from one. Further items: `a = 2` is a parameter, whose default is any constant
/// formula; `r = x^2 + y^2` names a formula; `phi(z) = z^2/4 - z^4/2` is a function of numbers; `x,
/// y in [-1, 1]` is a box, which may also stand behind the variables: `min x in [-1, 1] max ...`;
/// `a ~ [1, 2, 3]` is a number that differs from sample to sample, and losses are the means over
/// all samples: the first of every such list, the second of every one, ...
///
/// A player is named by its variables (`x`, or `x1,x2`). Throws Error with a caret into `text`.
Game parse_game(std::string_view text);

/// The same with parameters declared elsewhere, whose value is zero until it is set.
Game parse_game(std::string_view text, std::span<const std::string> parameters);

/// A formula without variables, or nothing but a number: `1/sqrt(2)`. Throws Error.
double parse_constant(std::string_view text);

}  // namespace gyre
