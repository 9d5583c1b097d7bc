#include "cli/game_words.hpp"

#include <iostream>
#include <regex>

#include "cli/values.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/games/toml.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostRead = 1 << 24;  // beyond what a game may have: the parser says so

/// Formulas, or a game file, which has a line `formula = ...`.
Game from_standard_input() {
  std::string text(kMostRead, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  static const std::regex formula_key("(^|\n)[ \t]*formula[ \t]*=");
  if (std::regex_search(text.substr(0, 4096), formula_key))
    return parse_game_file(text, "stdin", "standard input");
  return parse_game(trim(text));
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
