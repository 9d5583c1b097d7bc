// gyre analyze: a game's critical points, what they are, and what the rules do near them.
#include <nlohmann/json.hpp>

#include "cli/analyze_print.hpp"
#include "cli/analyze_words.hpp"
#include "cli/interrupt.hpp"
#include "cli/manifest.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/analyze_json.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/version.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;

std::unique_ptr<RunFolder> open_folder(const AnalyzeWords& typed, const Game& game) {
  if (!typed.out.empty())
    return std::make_unique<RunFolder>(
        typed.out, typed.force ? RunFolder::Taken::kReplace : RunFolder::Taken::kRefuse);
  const std::string name = run_folder_name(game.name.empty() ? game.text : game.name, "analysis");
  return std::make_unique<RunFolder>(std::filesystem::path("runs") / name,
                                     RunFolder::Taken::kNumber);
}

std::string save(RunFolder& folder, const AnalysisWords& words, const Analysis& analysis,
                 const std::string& began, Command command) {
  folder.add("analysis.json", json_text(analysis_json(words, analysis)));
  Json rules = Json::array();
  for (const Pipe& rule : words.rules) rules.push_back(rule.text());
  const Json manifest{{"gyre", kVersion},
                      {"command", command},
                      {"game", game_facts(words.game)},
                      {"rules", std::move(rules)},
                      {"seed", words.search.seed},
                      {"box", analysis.search.box},
                      {"interrupted", analysis.cancelled},
                      {"began", began},
                      {"ended", utc_now()},
                      {"machine", machine_facts()},
                      {"files", file_facts(folder)}};
  folder.add(kManifest, json_text(manifest));
  return folder.commit().string();
}

/// What could not be saved must not take the results with it.
class Attempt {
 public:
  explicit Attempt(const AnalyzeWords& typed) : typed_(typed) {}

  void operator()(auto&& action) {
    if (typed_.no_save || problem_) return;
    try {
      action();
    } catch (const Error& e) {
      if (!typed_.out.empty() && !started_) throw;  // known before the work is done
      problem_ = std::make_unique<FileError>(
          e.what(), typed_.out.empty() ? "  --out DIR names another place, --no-save saves nothing"
                                       : e.detail());
    }
    started_ = true;
  }
  void report() const {
    if (problem_) throw FileError(*problem_);
  }

 private:
  const AnalyzeWords& typed_;
  bool started_ = false;
  std::unique_ptr<FileError> problem_;
};

int analyze(const AnalyzeWords& typed, Command command) {
  AnalysisWords words = typed.analysis();
  const std::string began = utc_now();
  std::unique_ptr<RunFolder> folder;
  Attempt attempt(typed);
  attempt([&] { folder = open_folder(typed, words.game); });
  Progress progress(!typed.quiet);
  catch_interrupts();
  words.cancel = &interrupted();
  words.progress = [&](double done) { progress.tell(done); };
  const Analysis analysis = gyre::analyze(words);
  progress.clear();

  std::string place;
  attempt([&] { place = save(*folder, words, analysis, began, command); });
  print(typed.json ? json_text(analysis_json(words, analysis))
                   : analysis_text(words, analysis, out()));
  finish_output();
  if (!typed.quiet && !place.empty()) say("saved in " + place);
  attempt.report();
  return analysis.cancelled ? interrupted_status() : kDone;
}

}  // namespace

Action declare_analyze(CLI::App& words) {
  const auto typed = std::make_shared<AnalyzeWords>();
  typed->declare(words);
  return [typed](Command command) { return analyze(*typed, command); };
}

}  // namespace gyre::cli
