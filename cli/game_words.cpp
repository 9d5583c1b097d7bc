#include "cli/game_words.hpp"

#include <iostream>
#include <regex>

#include "cli/values.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/items.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/games/toml.hpp"

namespace gyre::cli {

namespace {

/// Formulas, or a game file, which has a line `formula = ...`. One byte more than is allowed is
/// read, so that the parser itself refuses what is too long.
Game from_standard_input() {
  std::string text(kLongestGame + 1, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  static const std::regex formula_key("(^|\n)[ \t]*formula[ \t]*=");
  if (std::regex_search(text.substr(0, 4096), formula_key))
    return parse_game_file(text, "stdin", "standard input");
  return parse_game(text);
}

}  // namespace

Game game_of(const std::string& typed, const std::vector<std::string>& settings) {
  Game game = typed == "-" ? from_standard_input() : load_game(typed);
  for (const std::string& text : settings) {
    const auto [name, value] = setting("--set", text);
    set_parameter(game, name, value);
  }
  return game;
}

}  // namespace gyre::cli
