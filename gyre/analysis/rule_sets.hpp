#pragma once

#include <string>
#include <vector>

#include "gyre/games/game.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// Every stage and alias of the catalogue as a rule of its own, each pipe once; none with chance in
/// it, which says little alone.
std::vector<Pipe> all_rules();
/// Rules worth a look on a game where nobody says which.
std::vector<Pipe> usual_rules(const Game& game);

/// The shortest text for a rule that parse_pipe() reads as the same one, such as `adam` for
/// `adam | simultaneous(eta=0.1)`: for tables and legends.
std::string brief(const Pipe& rule);

}  // namespace gyre
