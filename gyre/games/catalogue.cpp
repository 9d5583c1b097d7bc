#include "gyre/games/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/games/payoffs.hpp"
#include "gyre/games/toml.hpp"

namespace gyre {

namespace {

const CatalogueEntry* find(std::string_view name) {
  for (const CatalogueEntry& entry : catalogue())
    if (entry.name == name) return &entry;
  return nullptr;
}

/// `name(a=1, b=2)` of a built-in game, or nothing if the text is none.
std::optional<Game> with_parameters(std::string_view what) {
  const std::size_t open = what.find('(');
  if (open == std::string_view::npos || !what.ends_with(')')) return std::nullopt;
  const std::string_view name = trim(what.substr(0, open));
  if (!find(name)) return std::nullopt;
  Game game = catalogue_game(name);
  const std::string_view inside = what.substr(open + 1, what.size() - open - 2);
  if (trim(inside).empty()) return game;
  for (const std::string_view setting : split(inside, ',')) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string_view::npos)
      throw Error("a parameter is set as name=value, not " + as_typed(setting),
                  caret(what, static_cast<std::size_t>(setting.data() - what.data())));
    set_parameter(game, trim(setting.substr(0, equals)),
                  parse_constant(setting.substr(equals + 1)));
  }
  return game;
}

bool is_file(std::string_view path) {
  std::error_code problem;
  return path.size() < 4096 && std::filesystem::exists(std::filesystem::path(path), problem);
}

}  // namespace

Game catalogue_game(std::string_view name) {
  const CatalogueEntry* entry = find(name);
  if (entry) {
    const std::string source = "games/" + std::string(name) + ".toml";
    return parse_game_file(entry->toml, std::string(name), source);
  }
  std::vector<std::string> known;
  for (const CatalogueEntry& e : catalogue()) known.emplace_back(e.name);
  const std::string near = nearest(name, known);
  throw Error("there is no game " + as_typed(name) +
              (near.empty() ? "; a game's text looks like 'min x max y: x*y'"
                            : "; did you mean '" + near + "'?") +
              " ('gyre games' lists the built-in ones)");
}

Game load_game(std::string_view what) {
  const std::string_view typed = trim(what);
  if (auto game = with_parameters(typed)) return *std::move(game);
  if (is_payoff_file(typed) && typed.find('\n') == std::string_view::npos)
    return read_payoffs(std::string(typed));
  if (typed.empty() || typed.find(':') != std::string_view::npos ||
      typed.find('=') != std::string_view::npos || typed.find("\uFF1A") != std::string_view::npos)
    return parse_game(what);
  if (typed.ends_with(".toml") || (!find(typed) && is_file(typed)))
    return read_game_file(std::string(typed));
  return catalogue_game(typed);
}

}  // namespace gyre
