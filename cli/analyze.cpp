// gyre analyze: a game's critical points, what they are, and what the rules do near them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/analyze_print.hpp"
#include "cli/analyze_save.hpp"
#include "cli/analyze_words.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/saving.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/analyze_json.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

void show(const AnalyzeWords& typed, const AnalysisWords& words, const Analysis& analysis) {
  if (typed.json) {
    print(json_text(analysis_json(words, analysis)));
    return;
  }
  print(analysis_text(words, analysis, out()));
  const std::vector<std::string> pictures = pictures_of(typed.plot);
  const auto among = [&](const char* kind) { return std::ranges::count(pictures, kind) > 0; };
  if (!among("terminal") && !(out().terminal && out().utf8 && !among("none"))) return;
  const std::string picture =
      analysis_picture(words, analysis, typed.section_in(words.game), out());
  if (!picture.empty()) print("\n" + picture);
}

int analyze(const AnalyzeWords& typed, Command command) {
  AnalysisWords words = typed.analysis();
  const std::string began = utc_now();
  Saving saving({!typed.no_save, typed.out, typed.force},
                words.game.name.empty() ? words.game.text : words.game.name, "analysis");
  Progress progress(!typed.quiet);
  catch_interrupts();
  words.cancel = &interrupted();
  words.progress = [&](double done) { progress.tell(done); };
  const Analysis analysis = gyre::analyze(words);
  progress.clear();

  saving.save([&](RunFolder& folder) { save_analysis(folder, words, analysis); },
              [&](RunFolder& folder) { save_analysis_figures(folder, typed, words, analysis); },
              [&](RunFolder& folder) {
                return save_analysis_manifest(folder, words, analysis, began, command);
              });
  show(typed, words, analysis);
  finish_output();
  if (!typed.quiet && !saving.place().empty()) say("saved in " + saving.place());
  saving.report();
  if (analysis.cancelled) say("interrupted: what is shown is what was done by then");
  return analysis.cancelled ? interrupted_status() : kDone;
}

}  // namespace

Action declare_analyze(CLI::App& words) {
  const auto typed = std::make_shared<AnalyzeWords>();
  typed->declare(words);
  return [typed](Command command) { return analyze(*typed, command); };
}

}  // namespace gyre::cli
