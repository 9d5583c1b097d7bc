#include "cli/compare_words.hpp"

#include <limits>

#include "cli/game_words.hpp"
#include "cli/saving.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

constexpr std::uint64_t kStarts = 20, kMostStarts = 100'000, kTuningStarts = 5;
constexpr double kMostCalls = 1e12;

std::vector<Pipe> rules_of(const std::string& list, const std::vector<std::string>& more) {
  std::vector<Pipe> rules;
  const std::string typed = list.empty() && more.empty() ? "all" : list;
  if (!typed.empty())
    for (const std::string_view word : split(typed, ',')) {
      if (trim(word) == "all")
        for (Pipe& rule : all_rules()) rules.push_back(std::move(rule));
      else
        rules.push_back(parse_pipe(word));
    }
  for (const std::string& rule : more) rules.push_back(parse_pipe(rule));
  std::vector<Pipe> once;
  for (Pipe& rule : rules)
    if (std::ranges::none_of(once, [&](const Pipe& r) { return r.text() == rule.text(); }))
      once.push_back(std::move(rule));
  return once;
}

}  // namespace

void CompareWords::declare(CLI::App& words) {
  words.add_option("GAME", game, kGameWord)->type_name("GAME");
  option(words, "--rules", rules, "LIST", "rules between commas, 'all' among them (all)");
  option(words, "--rule", more_rules, "RULE", "one rule more; repeat it");
  option(words, "--starts", starts, "N", "from so many random starts, the same for all (20)");
  option(words, "--calls", calls, "N", "the budget of a run in field calls (10000)");
  flag(words, "--tune", tune, "choose each rule's parameters first, from other starts");
  option(words, "--set", settings, "NAME=VALUE", "set a parameter of the game");
  option(words, "--seed", seed, "N", "of the starts (1)");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-GAME-compare)");
  flag(words, "--force", force, "replace that folder if it holds a run");
  flag(words, "--no-save", no_save, "make no run folder");
  words.add_flag("--plot{svg}", plot, "draw figures: svg, png, pdf, terminal; svg if not said")
      ->type_name("[=KIND,...]");
  flag(words, "--json", json, "print one JSON object (docs/compare-json.md)");
  flag(words, "--quiet", quiet, "no messages and no progress");
  option(words, "--threads", threads, "N", "0 is one for each core (0); changes no result");
  train.declare_own(words);
  words.footer(
      "  gyre compare forsaken\n"
      "  gyre compare xy --rules gda,alt-gda,eg,ogda --plot\n"
      "  gyre compare mazumdar --tune --starts 50\n"
      "  gyre compare rps --rules all --rule 'mwu(eta=0.5) | average' --calls 1e5\n"
      "  gyre compare 'min x max y: a*x*y' --set a=3 --rules eg,ogda --json --no-save\n"
      "  gyre compare --train ring8 --rules 'preset, adam | extragradient(eta=0.001)' --jobs 2");
}

void CompareWords::check_training() const {
  const bool trains = !train.training.empty();
  struct Taken {
    const char* option;
    bool given, by_training;
  };
  for (const Taken& taken : {Taken{"GAME", !game.empty(), false},
                             {"--starts", !starts.empty(), false},
                             {"--calls", !calls.empty(), false},
                             {"--tune", tune, false},
                             {"--no-save", no_save, false},
                             {"--plot", !plot.empty(), false},
                             {"--threads", !threads.empty(), false},
                             {"--seeds", !train.seeds.empty(), true},
                             {"--steps", !train.steps.empty(), true},
                             {"--jobs", !train.jobs.empty(), true}})
    if (taken.given && taken.by_training != trains)
      throw Error(trains ? std::string(taken.option) + " is of games, and --train of networks"
                         : std::string(taken.option) + " needs --train TRAINING");
}

Comparison CompareWords::comparison() const {
  if (game.empty())
    throw Error("which game? For example: gyre compare forsaken; 'gyre games' lists others");
  check_saving({!no_save, out, force}, pictures_of(plot));
  Comparison c;
  c.game = game_of(game, settings);
  c.rules = rules_of(rules, more_rules);
  if (!seed.empty()) c.seed = whole("--seed", seed, 0, std::numeric_limits<std::uint64_t>::max());
  const std::uint64_t count = starts.empty() ? kStarts : whole("--starts", starts, 1, kMostStarts);
  // The next ones after those of the test, so that no start is in both.
  c.starts = random_starts(c.game, count + (tune ? kTuningStarts : 0), c.seed);
  c.tuning_starts.assign(c.starts.begin() + static_cast<std::ptrdiff_t>(count), c.starts.end());
  c.starts.resize(count);
  if (!calls.empty()) c.calls = real("--calls", calls, {1.0, kMostCalls});
  c.threads = threads.empty() ? 0 : whole("--threads", threads, 0, 4096);
  return c;
}

}  // namespace gyre::cli
