#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gyre/core/facts.hpp"
#include "gyre/games/game.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// Something that an axis can move.
struct Movable {
  enum class What {
    kCoordinate,  ///< of the start; `index` is its place in the point
    kRule,        ///< a real number of a stage, or a player's: a knob
    kCount,       ///< a whole number of a stage, which makes another program of the rule
    kGame,        ///< a parameter of the game: a knob
    kSeed         ///< of random starts and of chance in the rule
  };

  What what = What::kCoordinate;
  std::string name;       ///< as short as it goes by: "x", "extragradient.eta", "seed"
  std::string full;       ///< with its owner: "start.x", "game.epsilon"
  std::string parameter;  ///< of a stage: "eta"
  std::size_t index = 0;  ///< of the coordinate, the stage or the game's parameter
  Range range{};          ///< where its values may lie
};

/// All that an axis can move, in the order of start, rule, game, seed.
std::vector<Movable> movables(const Game& game, const Pipe& rule);

/// The one that a name stands for: a short or full name, or a parameter's bare name where only one
/// stage has it. Throws Error for an unknown name, with the nearest, and for one that several
/// things answer to, with their full names.
Movable movable_named(std::string_view name, const Game& game, const Pipe& rule);

}  // namespace gyre
