#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/core/facts.hpp"
#include "gyre/expr/expr.hpp"

namespace gyre {

/// One coordinate of the joint point.
struct Coordinate {
  std::string name;  ///< `x`, or `x[2]` of a vector
  Expr symbol;
  /// Where the player may go; infinite where free. Steps are projected back onto it.
  double low, high;

  bool is_bounded() const;
};

/// Coordinates side by side that are bound together: none negative and summing to `size`, or within
/// `size` of `centre`. No two regions share a coordinate, and none of theirs has a box of its own.
struct Region {
  enum class Kind { kSimplex, kBall };

  Kind kind = Kind::kSimplex;
  std::size_t first = 0, count = 0;
  double size = 1.0;
  std::vector<double> centre;  ///< of a ball: `count` numbers; a simplex has none
};

/// A player owns a run of coordinates and descends a loss of its own.
struct Player {
  std::string name;                    ///< its variables as typed: `x`, or `x1,x2`
  std::vector<std::string> variables;  ///< their names: any of them names the player
  std::size_t first = 0, count = 0;    ///< its coordinates
  Expr loss;                           ///< minimised; a maximiser's payoff is already negated
  bool maximises = false;              ///< as the text says it, for printing
};

/// A number in the formula that a user may set.
struct Parameter {
  std::string name;
  Expr symbol;
  double value = 0.0;    ///< now; the default until it is set
  double initial = 0.0;  ///< the default
  std::optional<Range> range;
  std::string about;
};

/// The second-order kind of a critical point. For two players in a zero-sum game `kMinimax` is a
/// local minimax point (Jin, Netrapalli, Jordan 2020) that is not a local Nash point.
enum class PointClass { kNash, kDegenerateNash, kMinimax, kNone };

/// What the gradient flow does near a critical point, from the eigenvalues of the game Jacobian:
/// all real parts positive, all negative, all zero, of both signs, or some zero beside one sign.
enum class Flow { kAttracting, kRepelling, kCentre, kSaddle, kMarginal };

std::string_view to_string(PointClass c);
std::string_view to_string(Flow f);

/// A critical point that the game's file states. `kind`, `flow` and `value` hold for the default
/// parameters; `at` follows the parameters where the file gives formulas.
struct KnownPoint {
  std::vector<double> at;
  std::vector<Expr> formulas;  ///< of `at` in the parameters, one a coordinate
  PointClass kind = PointClass::kNone;
  Flow flow = Flow::kCentre;
  std::optional<double> value;  ///< of the payoff there, in a zero-sum game
  std::string about;
};

/// What a game is the mean of: in every sample, `symbols` have another value each.
struct Samples {
  std::vector<std::string> names;
  std::vector<Expr> symbols;
  std::vector<std::vector<double>> values;  ///< a list a symbol, all of the same length
  std::vector<Expr> losses;                 ///< every player's, with the symbols in it

  /// How many there are; 0 for a game that is no mean.
  std::size_t size() const { return values.empty() ? 0 : values[0].size(); }
};

/// Two or more players, their losses, and what is known about them. Formulas live in `graph`.
struct Game {
  std::shared_ptr<Graph> graph;
  std::string name;      ///< of a catalogue file; empty for a game typed on the command line
  std::string text;      ///< the formula text that made it
  std::string title;     ///< "Forsaken"
  std::string shows;     ///< what the game teaches, in a sentence or two
  std::string shows_zh;  ///< the same in Chinese
  Paper paper;

  std::vector<Coordinate> coordinates;  ///< all players' side by side, in the order of the text
  std::vector<Region> regions;          ///< by `first`; each within one player's coordinates
  std::vector<Player> players;
  std::vector<Parameter> parameters;
  bool zero_sum = false;
  Expr payoff;      ///< of a zero-sum game: what the minimiser pays
  Samples samples;  ///< the losses above are the means over these, if there are any

  std::vector<double> start;                ///< where to begin; empty if the file does not say
  std::vector<std::array<double, 2>> view;  ///< per coordinate, what to draw; may be empty
  std::vector<KnownPoint> points;

  std::size_t dim() const { return coordinates.size(); }
  std::vector<Expr> symbols() const;
  /// The player that a name of a variable (or its place, "1", "2") stands for, if any.
  std::optional<std::size_t> player_named(std::string_view variable) const;
  /// Whether every parameter has its default, for which the known points' facts are stated.
  bool has_defaults() const;
};

/// Sets a parameter and moves the known points that depend on it. Throws Error for an unknown name
/// (with the nearest one) and for a value outside the parameter's range.
void set_parameter(Game& game, std::string_view name, double value);

}  // namespace gyre
