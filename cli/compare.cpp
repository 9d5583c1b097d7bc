// gyre compare: rules against each other on one game, from the same starts, for the same work.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/compare_print.hpp"
#include "cli/compare_save.hpp"
#include "cli/compare_words.hpp"
#include "cli/hand_over.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/saving.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/compare_json.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

void show(const CompareWords& words, const Comparison& comparison, const ComparisonResult& result) {
  if (words.json) {
    print(json_text(comparison_json(comparison, result, true)));
    return;
  }
  print(comparison_text(comparison, result, out()));
  const std::vector<std::string> pictures = pictures_of(words.plot);
  const auto among = [&](const char* kind) { return std::ranges::count(pictures, kind) > 0; };
  if (among("terminal") || (out().terminal && out().utf8 && !among("none")))
    print("\n" + comparison_picture(result, out()));
}

int compare(const CompareWords& words, Command command) {
  words.check_training();
  if (!words.train.training.empty()) return hand_over(command);
  Comparison comparison = words.comparison();
  const std::string began = utc_now();
  Saving saving({!words.no_save, words.out, words.force},
                comparison.game.name.empty() ? comparison.game.text : comparison.game.name,
                "compare");
  Progress progress(!words.quiet);
  catch_interrupts();
  comparison.cancel = &interrupted();
  comparison.progress = [&](double done) { progress.tell(done); };
  const ComparisonResult result = gyre::compare(comparison);
  progress.clear();

  saving.save([&](RunFolder& folder) { save_comparison(folder, comparison, result); },
              [&](RunFolder& folder) {
                save_comparison_figures(folder, comparison, result, pictures_of(words.plot));
              },
              [&](RunFolder& folder) {
                return save_comparison_manifest(folder, comparison, result, began, command);
              });
  show(words, comparison, result);
  finish_output();
  if (!words.quiet && !saving.place().empty()) say("saved in " + saving.place());
  saving.report();
  if (result.cancelled) say("interrupted: what is shown is what was done by then");
  return result.cancelled ? interrupted_status() : kDone;
}

}  // namespace

Action declare_compare(CLI::App& words) {
  const auto compare_words = std::make_shared<CompareWords>();
  compare_words->declare(words);
  return [compare_words](Command command) { return compare(*compare_words, command); };
}

}  // namespace gyre::cli
