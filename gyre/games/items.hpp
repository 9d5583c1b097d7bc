#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/games/domain.hpp"

namespace gyre {

/// A formula inside a game's text, and where it begins.
struct FormulaPart {
  std::string_view text;
  std::size_t place = 0;
};

/// A name as it stands in a game's text: `x`, or `x[3]` with the number in brackets.
struct NameItem {
  std::string name;
  std::size_t place = 0;
  std::optional<std::size_t> number;
};

/// `x in [0, 1]`, `x in simplex` or `x in ball(2)`: a domain for a variable, or a box for one
/// component of a vector.
struct DomainItem {
  NameItem target;
  Domain domain;
  std::size_t place = 0;  ///< of what follows `in`
};

/// A player with its variables; the players of a zero-sum game share one formula.
struct PlayerItem {
  std::vector<NameItem> variables;
  FormulaPart formula;
  bool maximises = false;
  std::size_t place = 0;
};

/// `a = 2`, `r = x^2 + y^2` or `phi(z) = z^2`.
struct DefinitionItem {
  NameItem name;
  std::vector<NameItem> arguments;  ///< of a function
  bool is_function = false;
  FormulaPart formula;
};

/// `a ~ [1, 2, 3]`: a number that differs from sample to sample.
struct SampleItem {
  NameItem name;
  std::vector<double> values;
  std::size_t place = 0;  ///< of the list
};

/// A game's text cut into its items, before any name has a meaning.
struct GameItems {
  std::vector<PlayerItem> players;
  bool zero_sum = false;
  std::vector<DefinitionItem> definitions;
  std::vector<DomainItem> domains;
  std::vector<SampleItem> samples;
};

/// Longer texts and larger points are refused at once.
inline constexpr std::size_t kLongestGame = 1'048'576;  ///< bytes
inline constexpr std::size_t kMostCoordinates = 1'000;

/// Cuts a game's text at its semicolons and reads the head of every item. Throws Error with a caret
/// into the whole text.
GameItems read_items(std::string_view text);

/// Reads what may stand after `in`: `[0, 1]`, `simplex`, `simplex(2)`, `ball(1.5)` or
/// `ball(1.5, [1, 0])` with a centre. Throws Error with a caret.
Domain read_domain(std::string_view text);

}  // namespace gyre
