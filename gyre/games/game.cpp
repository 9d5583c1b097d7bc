#include "gyre/games/game.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

bool Coordinate::is_bounded() const { return std::isfinite(low) || std::isfinite(high); }

std::string_view to_string(PointClass c) {
  switch (c) {
    case PointClass::kNash:
      return "nash";
    case PointClass::kDegenerateNash:
      return "degenerate-nash";
    case PointClass::kMinimax:
      return "minimax";
    case PointClass::kNone:
      return "none";
  }
  return "";
}

std::string_view to_string(Flow f) {
  switch (f) {
    case Flow::kAttracting:
      return "attracting";
    case Flow::kRepelling:
      return "repelling";
    case Flow::kCentre:
      return "centre";
    case Flow::kSaddle:
      return "saddle";
    case Flow::kMarginal:
      return "marginal";
  }
  return "";
}

std::vector<Expr> Game::symbols() const {
  std::vector<Expr> all;
  for (const Coordinate& c : coordinates) all.push_back(c.symbol);
  return all;
}

std::optional<std::size_t> Game::player_named(std::string_view variable) const {
  for (std::size_t i = 0; i < players.size(); ++i) {
    const auto& own = players[i].variables;
    if (players[i].name == variable || std::find(own.begin(), own.end(), variable) != own.end())
      return i;
  }
  for (std::size_t i = 0; i < players.size(); ++i)
    if (std::to_string(i + 1) == variable) return i;
  return std::nullopt;
}

bool Game::has_defaults() const {
  return std::all_of(parameters.begin(), parameters.end(),
                     [](const Parameter& p) { return p.value == p.initial; });
}

void set_parameter(Game& game, std::string_view name, double value) {
  const auto found = std::find_if(game.parameters.begin(), game.parameters.end(),
                                  [&](const Parameter& p) { return p.name == name; });
  if (found == game.parameters.end()) {
    std::vector<std::string> known;
    for (const Parameter& p : game.parameters) known.push_back(p.name);
    std::string hint = did_you_mean(name, known);
    if (hint.empty())
      hint = known.empty() ? "; it has none" : "; its parameters are " + join(known, ", ");
    throw Error("this game has no parameter " + as_typed(name) + hint);
  }
  if (!std::isfinite(value))
    throw Error("the parameter '" + found->name + "' must be a finite number, not " +
                number(value));
  if (found->range && !found->range->holds(value))
    throw Error(found->name + " = " + number(value) + " is out of range; allowed is " +
                number(found->range->low) + " to " + number(found->range->high));
  found->value = value;
  std::vector<std::pair<Expr, double>> now;
  for (const Parameter& p : game.parameters) now.emplace_back(p.symbol, p.value);
  for (KnownPoint& point : game.points)
    for (std::size_t i = 0; i < point.formulas.size(); ++i)
      point.at[i] = evaluate<double>(point.formulas[i], now);
}

}  // namespace gyre
