#include "cli/analyze_words.hpp"

#include <cmath>
#include <limits>

#include "cli/analyze_figures.hpp"
#include "cli/game_words.hpp"
#include "cli/saving.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"

namespace gyre::cli {

namespace {

/// A number or constant formula.
double end_of(const std::string& option, std::string_view typed, std::string_view whole) {
  try {
    return parse_constant(typed);
  } catch (const Error& problem) {
    throw Error(option + " " + as_typed(whole) + ": " + problem.what(), problem.detail());
  }
}

/// `-3:3`: two finite numbers, the lower one first.
std::array<double, 2> side(const std::string& option, std::string_view typed,
                           std::string_view whole) {
  const std::vector<std::string_view> ends = split(typed, ':');
  if (ends.size() != 2)
    throw Error(option + " takes NAME=LOW:HIGH, as in x=-3:3, not " + as_typed(whole));
  std::array<double, 2> found{};
  for (std::size_t i = 0; i < 2; ++i) found[i] = end_of(option, trim(ends[i]), whole);
  if (!std::isfinite(found[0]) || !std::isfinite(found[1]))
    throw Error(option + " needs finite ends, not " + as_typed(whole));
  if (!(found[0] < found[1]))
    throw Error(option + " needs the lower end first: " + as_typed(whole) + " goes from " +
                number(found[0]) + " to " + number(found[1]));
  return found;
}

/// A coordinate by its name, or all components of a vector by the vector's.
std::vector<std::size_t> named(const std::string& option, const Game& game,
                               const std::string& name) {
  std::vector<std::size_t> places;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const std::string& whole = game.coordinates[i].name;
    const std::string vector = whole.substr(0, whole.find('['));
    if (whole == name || vector == name) places.push_back(i);
    if (known.empty() || known.back() != vector) known.push_back(vector);
  }
  if (places.empty())
    throw Error(option + " names " + as_typed(name) + ", and this game's variables are " +
                join(known, ", ") + did_you_mean(name, known));
  return places;
}

void check_together(const AnalyzeWords& words) {
  check_saving({!words.no_save, words.out, words.force}, pictures_of(words.plot));
  if (!words.which.empty() && !words.rules.empty())
    throw Error("--rule names rules one by one, --rules whole sets; say one of them");
}

}  // namespace

Box box_of(const std::vector<std::string>& typed, const Game& game, const std::string& option) {
  Box box = default_box(game);
  for (const std::string& text : typed)
    for (const std::string_view part : split(text, ',')) {
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) {
        const std::array<double, 2> all = side(option, part, part);
        for (auto& one : box) one = all;
        continue;
      }
      const std::array<double, 2> ends = side(option, part.substr(equals + 1), part);
      for (const std::size_t i : named(option, game, std::string(trim(part.substr(0, equals)))))
        box[i] = ends;
    }
  return box;
}

void AnalyzeWords::declare(CLI::App& words) {
  words.add_option("GAME", game, kGameWord)->type_name("GAME");
  option(words, "--rule", rules, "RULE", "look at this rule; repeat it for more");
  option(words, "--rules", which, "SET", "usual, all or none (usual)");
  option(words, "--box", box, "X=L:H,...", "look for points in here (the game's view or domain)");
  option(words, "--set", settings, "NAME=VALUE", "set a parameter of the game");
  option(words, "--section", section, "X,Y", "draw the flow in these two coordinates");
  flag(words, "--no-constants", no_constants, "no gaps, Lipschitz or weak Minty constants");
  option(words, "--seed", seed, "N", "of the places that the search begins at (1)");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-GAME-analysis)");
  flag(words, "--force", force, "replace that folder if it holds a run");
  flag(words, "--no-save", no_save, "make no run folder");
  words.add_flag("--plot{svg}", plot, "draw figures: svg, png, pdf, terminal; svg if not said")
      ->type_name("[=KIND,...]");
  flag(words, "--json", json, "print one JSON object (docs/analyze-json.md)");
  flag(words, "--quiet", quiet, "no messages and no progress");
  option(words, "--threads", threads, "N", "0 is one for each core (0); changes no result");
  words.footer(
      "  gyre analyze 'min x max y: x*y'\n"
      "  gyre analyze forsaken --rule ogda --rule 'extragradient(eta=0.3)'\n"
      "  gyre analyze adolphs --box x=-8:8,y=-8:8 --rules none\n"
      "  gyre analyze ipd --section 'x[1],y[1]' --plot=png\n"
      "  gyre analyze grimmer --set A=100 --rules all --json --no-save");
}

AnalysisWords AnalyzeWords::analysis() const {
  if (game.empty())
    throw Error(
        "which game? For example: gyre analyze 'min x max y: x*y'; 'gyre games' lists others");
  check_together(*this);
  AnalysisWords words;
  words.game = game_of(game, settings);
  for (const std::string& rule : rules) words.rules.push_back(parse_pipe(rule));
  const std::string set =
      which.empty() ? "usual" : one_of("--rules", which, {"usual", "all", "none"});
  if (rules.empty() && set == "usual") words.rules = usual_rules(words.game);
  if (rules.empty() && set == "all") words.rules = all_rules();
  words.search.box = box_of(box, words.game);
  if (!seed.empty())
    words.search.seed = whole("--seed", seed, 0, std::numeric_limits<std::uint64_t>::max());
  words.threads = threads.empty() ? 0 : whole("--threads", threads, 0, 4096);
  words.constants = !no_constants;
  section_in(words.game);
  return words;
}

std::optional<std::array<std::size_t, 2>> AnalyzeWords::section_in(const Game& of) const {
  if (section.empty()) return std::nullopt;
  if (!section_of(of, std::nullopt))
    throw Error(of.dim() < 2
                    ? "--section takes two coordinates, and this game has one"
                    : "--section: where mixed strategies must add up, no two of them vary alone");
  const std::vector<std::string_view> names = split(section, ',');
  if (names.size() != 2)
    throw Error("--section takes two coordinates, as in x,y, not " + as_typed(section));
  std::array<std::size_t, 2> found{};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string name(trim(names[i]));
    const std::vector<std::size_t> places = named("--section", of, name);
    if (places.size() > 1)
      throw Error("--section takes two coordinates, and " + as_typed(name) + " has " +
                  std::to_string(places.size()) + "; the first of them is " +
                  of.coordinates[places[0]].name);
    found[i] = places[0];
  }
  if (found[0] == found[1])
    throw Error("--section takes two different coordinates, not " + as_typed(section));
  return found;
}

}  // namespace gyre::cli
