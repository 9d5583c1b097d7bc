#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gyre/fields/symbolic_field.hpp"
#include "gyre/games/game.hpp"
#include "gyre/program/program.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// A number of the rule or the game that lanes may differ in without a new program.
struct Knob {
  std::string name;  ///< "simultaneous.eta", or a game parameter's name
  double value = 0.0;
  bool of_game = false;
};

/// A rule with chance in it, as it is run. Behind the inputs that the programs of its mean have
/// stand the seed, the lane's number and, of `step`, the clock: 1 before the first step, and one
/// more after each. `step` loops over all of its inputs, though only state and clock change.
struct ChanceTraced {
  Program start, step;
};

/// A rule run once on symbols with its game inside.
///
/// The state of a lane is its point and then the rule's memory, slot by slot. All programs take the
/// state first (of `start`, `residual` and `payoffs` only the point) and the knobs behind it.
struct Traced {
  std::shared_ptr<Graph> graph;
  std::size_t dim = 0;
  std::vector<std::string> slots;  ///< of the memory: `dim` numbers each
  std::vector<Knob> knobs;

  std::vector<Expr> state_symbols, knob_symbols;
  std::vector<Expr> next;    ///< the state after a step, as formulas: the update map
  std::vector<Expr> report;  ///< what the rule reports, as formulas of the state

  // Of a rule with chance in it all this is the mean map: no noise, and every sample the mean.
  Program start;     ///< the memory before the first step
  Program step;      ///< loops over the state
  Program output;    ///< the reported point
  Program residual;  ///< squared length of what stands still at a solution
  Program payoffs;   ///< every player's loss

  std::optional<ChanceTraced> chance;  ///< what runs, where chance has a part in it

  bool reports_itself = true;    ///< the reported point is the point
  double calls_a_step = 0.0;     ///< whole-field calls
  double products_a_step = 0.0;  ///< outside of solves
  double solves_a_step = 0.0;
  double calls_at_start = 0.0;

  std::size_t state() const { return dim * (1 + slots.size()); }
  /// What an engine runs.
  const Program& running_start(bool mean = false) const {
    return chance && !mean ? chance->start : start;
  }
  const Program& running_step(bool mean = false) const {
    return chance && !mean ? chance->step : step;
  }
};

/// Traces a rule with a game. Throws Error if the rule names a player that the game does not have,
/// needs more of the game than there is, or solves systems that are singular everywhere on it.
Traced trace(const Game& game, const Pipe& pipe, CompileOptions options = {});

}  // namespace gyre
