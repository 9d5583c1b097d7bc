// gyre run: rules on a game, their verdicts, a picture, and a folder with everything.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/run_print.hpp"
#include "cli/run_save.hpp"
#include "cli/saving.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

void show(const RunWords& words, const Study& study, const StudyResult& result) {
  if (words.json) {
    print(json_text(study_json(study, result)));
    return;
  }
  print(study_text(study, result, out()));
  const std::vector<std::string> pictures = words.pictures();
  auto among = [&](const char* kind) { return std::ranges::count(pictures, kind) > 0; };
  if (among("terminal") || (out().terminal && out().utf8 && !among("none")))
    print("\n" + study_picture(study, result, out()));
}

int run(const RunWords& words, Command command) {
  Study study = words.study();
  const std::string began = utc_now();
  Saving saving({!words.no_save, words.out, words.force},
                study.game.name.empty() ? study.game.text : study.game.name, rules_name(study));
  Progress progress(!words.quiet);
  catch_interrupts();
  study.options.cancel = &interrupted();
  study.options.progress = [&](double done) { progress.tell(done); };
  const StudyResult result = run_study(study);
  progress.clear();
  if (!words.quiet && (study.engine == Engine::kJit || study.engine == Engine::kJitSingle))
    if (const std::string problem = jit_backend().problem(); !problem.empty())
      say("nothing is compiled, the interpreter ran: " + problem);

  saving.save([&](RunFolder& folder) { save_results(folder, words, study, result); },
              [&](RunFolder& folder) { save_figures(folder, words, study, result); },
              [&](RunFolder& folder) {
                return save_manifest(folder, words, study, result, began, command);
              });
  show(words, study, result);
  finish_output();
  if (!words.quiet && !saving.place().empty()) say("saved in " + saving.place());
  saving.report();
  if (!words.quiet && !words.json && words.rules.empty() && !result.cancelled)
    say("to compare rules: --rule alternating --rule extragradient; 'gyre rules' lists them");
  return result.cancelled ? interrupted_status() : kDone;
}

}  // namespace

Action declare_run(CLI::App& words) {
  const auto run_words = std::make_shared<RunWords>();
  run_words->declare(words);
  return [run_words](Command command) { return run(*run_words, command); };
}

}  // namespace gyre::cli
