// gyre games: the built-in games as a list, and all that is known about one of them.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/game_print.hpp"
#include "cli/game_words.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace {

struct GamesWords {
  std::vector<std::string> what, settings;
  bool json = false;
};

/// "1+1", "2+2+2": how many variables each player has.
std::string sizes(const Game& game) {
  std::vector<std::string> counts;
  for (const Player& p : game.players) counts.push_back(std::to_string(p.count));
  return join(counts, "+");
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text)
    if (!is_control(c) && c != ' ')
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  return line;
}

std::string first_sentence(std::string text) {
  text = one_line(text);
  return text.substr(0, text.find_first_of(".;:"));
}

void list(bool json) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  Table table({{.head = "name"},
               {.head = "players"},
               {.head = "formula", .shrinks = true},
               {.head = "what it shows", .shrinks = true}});
  for (const CatalogueEntry& entry : catalogue()) {
    const Game game = catalogue_game(entry.name);
    if (json)
      all.push_back({{"name", game.name},
                     {"title", game.title},
                     {"players", sizes(game)},
                     {"formula", game.text},
                     {"shows", game.shows}});
    else
      table.row({{game.name, Style::kBold},
                 {sizes(game)},
                 {one_line(game.text)},
                 {first_sentence(game.shows), Style::kFaint}});
  }
  print(json ? json_text(all) : table.text(list_screen()));
}

int games(const GamesWords& words) {
  const std::vector<std::string>& what = words.what;
  if (what.empty()) {
    list(words.json);
    return kDone;
  }
  const std::string usage = "; to see a game: gyre games show NAME";
  if (what[0] != "show")
    throw Error("behind 'gyre games' stands 'show' or nothing, not " + as_typed(what[0]) + usage);
  if (what.size() == 1) throw Error("which game? To see one: gyre games show NAME");
  if (what.size() > 2) throw Error("one word too many: " + as_typed(what[2]) + usage);
  const Game game = game_of(what[1], words.settings);
  print(words.json ? json_text(game_json(game)) : game_text(game, out()));
  return kDone;
}

}  // namespace

Action declare_games(CLI::App& words) {
  const auto typed = std::make_shared<GamesWords>();
  words.add_option("WHAT", typed->what, "everything about one game: its name, text or file")
      ->type_name("[show GAME]");
  option(words, "--set", typed->settings, "NAME=VALUE", "set a parameter of the game");
  flag(words, "--json", typed->json, "print JSON");
  words.footer(
      "  gyre games\n"
      "  gyre games show forsaken\n"
      "  gyre games show dirac-r1 --set gamma=1\n"
      "  gyre games show 'min x max y: x^2 + 3*x*y - y^2'");
  return [typed](Command) { return games(*typed); };
}

}  // namespace gyre::cli
