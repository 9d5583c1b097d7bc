// gyre atlas: every rule on every game, what was foretold and what was measured, as one page.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/report/atlas.hpp"

namespace gyre::cli {

namespace {

struct AtlasWords {
  std::string games, rules, out, language, seed, starts, steps, threads;
  bool quick = false, tune = false, no_figures = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
  report::AtlasRequest request() const;
};

void AtlasWords::declare(CLI::App& words) {
  flag(words, "--quick", quick, "fewer starts and steps, no figures: a first look, half a minute");
  option(words, "--games", games, "A,B", "built-in games or game files (all)");
  option(words, "--rules", rules, "A,B", "rules, as 'gyre run' takes them (all)");
  flag(words, "--tune", tune, "every rule at the step size that its spectrum likes best");
  option(words, "--starts", starts, "N", "spread over each game (16; quick: 8)");
  option(words, "--steps", steps, "N", "at most, from each start (10000; quick: 2000)");
  option(words, "--seed", seed, "N", "of the starts (1)");
  option(words, "--out", out, "DIR",
         "the folder to write or go on with (atlas; quick: atlas-quick)");
  option(words, "--lang", language, "en|zh", "English or Chinese (en)");
  flag(words, "--no-figures", no_figures, "the page and its numbers only");
  flag(words, "--force", force, "replace an atlas of another configuration");
  flag(words, "--json", json, "all numbers as JSON, for programs");
  flag(words, "--quiet", quiet, "no messages");
  option(words, "--threads", threads, "N", "0 is one for each core (0); changes no result");
  words.footer(
      "  gyre atlas --quick\n"
      "  gyre atlas\n"
      "  gyre atlas --games xy,forsaken --rules 'gda,eg,extragradient(eta=0.5)' --out few");
}

/// The parts between commas that stand outside brackets.
std::vector<std::string> listed(const char* option, const std::string& text) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(text, ',')) {
    const std::string name(trim(part));
    if (name.empty()) throw Error(fmt::format("{} holds an empty name", option));
    if (std::ranges::find(parts, name) != parts.end())
      throw Error(fmt::format("{} names {} twice", option, as_typed(name)));
    parts.push_back(name);
  }
  return parts;
}

report::AtlasRequest AtlasWords::request() const {
  constexpr std::uint64_t kMostSeed = std::numeric_limits<std::int64_t>::max();
  report::AtlasRequest request;
  if (quick) {
    request.out = "atlas-quick";
    request.options = {.starts = 8, .steps = 2'000, .limits = false};
  }
  if (games.empty() || games == "all") {
    for (const CatalogueEntry& entry : catalogue()) request.games.emplace_back(entry.name);
  } else {
    request.games = listed("--games", games);
    for (const std::string& game : request.games) load_game(game);  // told before rules are
  }
  if (rules.empty() || rules == "all")
    request.rules = atlas_rules();
  else
    for (const std::string& rule : listed("--rules", rules))
      request.rules.push_back({rule, parse_pipe(rule)});
  request.options.tune = tune;
  if (!starts.empty()) request.options.starts = whole("--starts", starts, 1, 10'000);
  if (!steps.empty()) request.options.steps = whole("--steps", steps, 1, 100'000'000);
  if (!seed.empty()) request.options.seed = whole("--seed", seed, 0, kMostSeed);
  if (!out.empty()) request.out = out;
  if (!language.empty() && one_of("--lang", language, {"en", "zh"}) == "zh")
    request.language = Language::kChinese;
  request.figures = !no_figures && !quick;
  request.force = force;
  if (!threads.empty()) request.threads = whole("--threads", threads, 0, 4096);
  return request;
}

/// What the grid comes to, in a few lines.
std::string summary(const report::AtlasRequest& request, const report::AtlasSummary& sum) {
  report::Words words(request.language);
  const auto set = [&](const char* name, std::size_t value) {
    words.set(name, std::to_string(value));
  };
  set("cells", sum.cells);
  set("rules", request.rules.size());
  set("games", request.games.size());
  set("undefined", sum.undefined);
  set("solved", sum.solved);
  set("agree", sum.agree);
  set("compared", sum.compared);
  set("free", sum.off_cycles);
  set("starts", sum.on_cycles);
  std::string text;
  for (const char* key : {"atlas.done.cells", "atlas.done.solved", "atlas.done.agree"})
    text += "  " + words.text(key) + "\n";
  if (sum.on_cycles > 0) text += "  " + words.text("atlas.done.cycles") + "\n";
  return text;
}

int atlas(const AtlasWords& typed) {
  report::AtlasRequest request = typed.request();
  Progress progress(!typed.quiet);
  catch_interrupts();
  request.cancel = &interrupted();
  request.progress = [&](double done) { progress.tell(done); };
  const report::AtlasResult result = report::write_atlas(request);
  progress.clear();
  const std::string place = as_typed(request.out.string());
  if (!typed.quiet && result.outdated > 0)
    say(fmt::format("{} of the games in {} were of other rules or another text: made anew",
                    result.outdated, place));
  if (!result.complete) {
    say(
        fmt::format("gyre: interrupted; {} of {} games are done and kept in {}: the same command "
                    "goes on from there",
                    result.kept + result.made, result.games, place));
    return interrupted_status();
  }
  if (!typed.quiet && result.kept > 0)
    say(fmt::format("{} of {} games were there already", result.kept, result.games));
  for (const report::AtlasUndrawn& game : result.undrawn)
    say(fmt::format("gyre: there are no figures of {}: {}", game.game, game.why));
  if (typed.json)
    print(result.numbers);
  else
    print((request.out / "index.html").string() + "\n" + summary(request, result.summary));
  return result.undrawn.empty() ? kDone : kFailed;
}

}  // namespace

Action declare_atlas(CLI::App& words) {
  const auto atlas_words = std::make_shared<AtlasWords>();
  atlas_words->declare(words);
  return [atlas_words](Command) { return atlas(*atlas_words); };
}

}  // namespace gyre::cli
