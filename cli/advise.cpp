// gyre advise: what kind of game this is, which rule to use on it and which not, and the proof.
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/advise_print.hpp"
#include "cli/analyze_words.hpp"
#include "cli/game_words.hpp"
#include "cli/interrupt.hpp"
#include "cli/manifest.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/saving.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/advise_json.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/version.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;

/// The words of `gyre advise` as typed.
struct Words {
  std::string game, starts, calls, seed, threads, out;
  std::vector<std::string> rules, box, settings;
  bool no_save = false, force = false, json = false, quiet = false;

  void declare(CLI::App& words);
  AdviceWords asked() const;
  SavingWords saving() const { return {!no_save, out, force}; }
};

void Words::declare(CLI::App& words) {
  words.add_option("GAME", game, kGameWord)->type_name("GAME");
  option(words, "--rule", rules, "RULE", "choose among these only; repeat it (all there are)");
  option(words, "--box", box, "X=L:H,...",
         "look for equilibria in here (where the game's view, domain or points are)");
  option(words, "--starts", starts, "N", "try each rule from so many starts (24)");
  option(words, "--calls", calls, "N", "the budget of a run in field calls (10000)");
  option(words, "--set", settings, "NAME=VALUE", "set a parameter of the game");
  option(words, "--seed", seed, "N", "of all starts (1)");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-GAME-advice)");
  flag(words, "--force", force, "replace that folder if it holds a run");
  flag(words, "--no-save", no_save, "make no run folder");
  flag(words, "--json", json, "print one JSON object (docs/advise-json.md)");
  flag(words, "--quiet", quiet, "no messages and no progress");
  option(words, "--threads", threads, "N", "0 is one for each core (0); changes no result");
  words.footer(
      "  gyre advise 'min x max y: x*y'\n"
      "  gyre advise forsaken\n"
      "  gyre advise adolphs --rule gda --rule eg --rule conopt\n"
      "  gyre advise grimmer --set A=100 --json --no-save");
}

AdviceWords Words::asked() const {
  if (game.empty())
    throw Error(
        "which game? For example: gyre advise 'min x max y: x*y'; 'gyre games' lists others");
  check_saving(saving(), {});
  AdviceWords words;
  words.game = game_of(game, settings);
  for (const std::string& rule : rules) words.rules.push_back(parse_pipe(rule));
  if (rules.empty()) words.rules = all_rules();
  if (!box.empty()) words.search.box = box_of(box, words.game);
  if (!seed.empty())
    words.search.seed = whole("--seed", seed, 0, std::numeric_limits<std::uint64_t>::max());
  if (!starts.empty()) words.starts = whole("--starts", starts, 1, 10'000);
  if (!calls.empty()) words.calls = real("--calls", calls, {1.0, 1e9});
  words.threads = threads.empty() ? 0 : whole("--threads", threads, 0, 4096);
  return words;
}

std::filesystem::path close(RunFolder& folder, const AdviceWords& words, const Advice& advice,
                            const std::string& began, Command command) {
  const Json manifest{{"gyre", kVersion},
                      {"command", command},
                      {"game", game_facts(words.game)},
                      {"seed", words.search.seed},
                      {"starts", words.starts},
                      {"budget", {{"calls", words.calls}}},
                      {"interrupted", advice.cancelled},
                      {"began", began},
                      {"ended", utc_now()},
                      {"threads", words.threads},
                      {"machine", machine_facts()},
                      {"files", file_facts(folder)}};
  folder.add(kManifest, json_text(manifest));
  return folder.commit();
}

int advise(const Words& typed, Command command) {
  AdviceWords words = typed.asked();
  const std::string began = utc_now();
  Saving saving(typed.saving(), words.game.name.empty() ? words.game.text : words.game.name,
                "advice");
  Progress progress(!typed.quiet);
  catch_interrupts();
  words.cancel = &interrupted();
  words.progress = [&](double done) { progress.tell(done); };
  const Advice advice = gyre::advise(words);
  progress.clear();

  saving.save(
      [&](RunFolder& folder) {
        folder.add("advice.json", json_text(advice_json(words, advice)));
        folder.add("advice.txt", advice_text(words, advice, Screen{}));
      },
      [](RunFolder&) {},
      [&](RunFolder& folder) { return close(folder, words, advice, began, command); });
  print(typed.json ? json_text(advice_json(words, advice)) : advice_text(words, advice, out()));
  finish_output();
  if (!typed.quiet && !saving.place().empty()) say("saved in " + saving.place());
  saving.report();
  if (advice.cancelled) say("interrupted: what is shown is what was done by then");
  return advice.cancelled ? interrupted_status() : kDone;
}

}  // namespace

Action declare_advise(CLI::App& words) {
  const auto typed = std::make_shared<Words>();
  typed->declare(words);
  return [typed](Command command) { return advise(*typed, command); };
}

}  // namespace gyre::cli
