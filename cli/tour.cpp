// gyre tour: two players who never meet, as one page with figures and numbers.
#include <limits>
#include <memory>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/report/tour.hpp"
#include "gyre/report/values.hpp"

namespace gyre::cli {

namespace {

struct TourWords {
  std::string out, language, seed, threads;
  bool force = false, quiet = false;

  void declare(CLI::App& words);
  report::TourOptions options(Command command) const;
};

void TourWords::declare(CLI::App& words) {
  option(words, "--out", out, "DIR", "the folder that the tour is written to (tour)");
  option(words, "--lang", language, "en|zh", "English or Chinese (en)");
  option(words, "--seed", seed, "N", "of the random starts (1)");
  flag(words, "--force", force, "replace the folder even if it holds a run, or more than a tour");
  flag(words, "--quiet", quiet, "no messages");
  option(words, "--threads", threads, "N", "0 is one for each core (0); changes no result");
  words.footer(
      "  gyre tour\n"
      "  gyre tour --lang zh --out tour-zh\n"
      "  gyre tour --seed 7");
}

report::TourOptions TourWords::options(Command command) const {
  constexpr std::uint64_t kMostSeed = std::numeric_limits<std::int64_t>::max();
  report::TourOptions options;
  if (!out.empty()) options.out = out;
  if (!language.empty() && one_of("--lang", language, {"en", "zh"}) == "zh")
    options.language = Language::kChinese;
  if (!seed.empty()) options.seed = whole("--seed", seed, 0, kMostSeed);
  if (!threads.empty()) options.threads = whole("--threads", threads, 0, 4096);
  options.force = force;
  options.command.clear();
  for (const std::string& word : command)
    options.command += (options.command.empty() ? "" : " ") + word;
  return options;
}

int tour(const TourWords& typed, Command command) {
  report::TourOptions options = typed.options(command);
  if (!typed.quiet)
    options.progress = [](std::string_view words) { say("  " + std::string(words) + " ..."); };
  catch_interrupts();
  options.cancel = &interrupted();
  const auto result = report::write_tour(options);
  if (!result) {
    say("gyre: interrupted; nothing was written");
    return interrupted_status();
  }
  const report::Words words = report::words_for(result->found, options.language);
  if (result->drawn) print((result->folder / "index.html").string() + "\n");
  for (const char* key : {"done.growth", "done.doubling", "done.settled"})
    print("  " + words.text(key) + "\n");
  if (result->drawn) return kDone;
  finish_output();
  say("gyre: there is no gnuplot, so there is no page; the numbers are in " +
      result->folder.string() + "; install it (sudo apt install gnuplot-nox) and try again");
  return kFailed;
}

}  // namespace

Action declare_tour(CLI::App& words) {
  const auto tour_words = std::make_shared<TourWords>();
  tour_words->declare(words);
  return [tour_words](Command command) { return tour(*tour_words, command); };
}

}  // namespace gyre::cli
