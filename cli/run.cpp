// gyre run: rules on a game, their verdicts, a picture, and a folder with everything.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/run_print.hpp"
#include "cli/run_save.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/error.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

/// Nothing that was computed is lost because it could not be saved: the problem is kept, and told
/// after the results.
class Saving {
 public:
  Saving(const RunWords& words, const Study& study) : words_(words), study_(study) {
    if (words.no_save) return;
    if (!words.out.empty()) {  // a place that was asked for must work, and is tried before the work
      folder_ = open_run_folder(words, study);
      return;
    }
    attempt([&] { folder_ = open_run_folder(words, study); });
  }

  void save(const StudyResult& result, const std::string& began, Command command) {
    if (!folder_) return;
    attempt([&] {
      save_results(*folder_, words_, study_, result);
      try {
        save_figures(*folder_, words_, study_, result);
      } catch (const FileError&) {
        throw;
      } catch (const Error&) {  // without gnuplot, the numbers are still worth keeping
        problem_ = std::current_exception();
      }
      place_ = save_manifest(*folder_, words_, study_, result, began, command).string();
    });
  }

  const std::string& place() const { return place_; }
  void report() const {
    if (!problem_) return;
    try {
      std::rethrow_exception(problem_);
    } catch (const FileError&) {
      throw;
    } catch (const Error& e) {  // the words were right, so this is no misuse
      throw FileError(e.what(), e.detail());
    }
  }

 private:
  void attempt(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& e) {
      folder_.reset();
      problem_ = std::make_exception_ptr(FileError(
          e.what(), words_.out.empty() ? "  --out DIR names another place, --no-save saves nothing"
                                       : e.detail()));
    }
  }

  const RunWords& words_;
  const Study& study_;
  std::unique_ptr<RunFolder> folder_;
  std::string place_;
  std::exception_ptr problem_;
};

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
  Saving saving(words, study);
  Progress progress(!words.quiet);
  catch_interrupts();
  study.options.cancel = &interrupted();
  study.options.progress = [&](double done) { progress.tell(done); };
  const StudyResult result = run_study(study);
  progress.clear();

  saving.save(result, began, command);
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
