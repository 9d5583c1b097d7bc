#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/rules/catalogue.hpp"

namespace gyre {

/// A stage of a pipe with every parameter filled in.
struct StageSpec {
  std::size_t place = 0;                     ///< in rule_catalogue()
  std::map<std::string, double> reals;       ///< reals and counts, defaults included
  std::map<std::string, double> per_player;  ///< by the name a player was given in the text
  std::vector<std::string> order;

  const StageFacts& facts() const { return rule_catalogue()[place]; }
};

/// A rule as text, read and checked: field stages, one scheme, wrappers, in the order of the data.
struct Pipe {
  std::vector<StageSpec> stages;
  std::size_t scheme = 0;  ///< its place in `stages`

  /// The one spelling used on the command line, in files, figures and links: canonical stage names,
  /// the step size always, other parameters where they differ from their defaults.
  std::string text() const;

  /// Whether chance has a part in it.
  bool draws() const;

  /// The value of stage `i`'s parameter; programmer's error if it has none of that name.
  double real(std::size_t i, const std::string& name) const { return stages[i].reals.at(name); }
};

/// Reads `conopt(gamma=1) | adam | extragradient(eta=0.05) | lookahead(k=5)`. Aliases stand for
/// their pipes; an argument of an alias goes to the one stage that knows it. A pipe without a
/// scheme moves by `simultaneous`. An argument without a name is the stage's first parameter.
///
/// Throws Error: unknown stage or parameter (with the nearest), value out of range, two schemes,
/// stages out of order, Jacobian products or losses asked for behind a stage that has none.
Pipe parse_pipe(std::string_view text);

/// What of a game decides whether a rule is defined on it.
struct GameShape {
  std::size_t players = 2;
  bool zero_sum = false;
  bool simplices = false;  ///< every coordinate belongs to a simplex
  bool samples = false;    ///< the losses are means over samples
};

/// Throws Error if a stage needs what the game does not have, and says what that is.
void check_needs(const Pipe& pipe, const GameShape& game);

/// Players' names, one list of accepted names a player. Throws Error if the pipe names nobody here.
void check_players(const Pipe& pipe, const std::vector<std::vector<std::string>>& players);

}  // namespace gyre
