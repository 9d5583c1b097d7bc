// gyre runs: what was run, found again by its folders.
#include "cli/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "cli/output.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/sha256.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShortest = 4;

std::string digest(const std::string& name) {
  Sha256 hash;
  hash.add(name);
  return hash.digest();
}

/// "2 new, 1 gone".
std::string news(const CatalogueScan& scan) {
  std::vector<std::string> words;
  for (const auto& [count, what] :
       {std::pair{scan.added, "new"}, {scan.changed, "changed"}, {scan.gone, "gone"}})
    if (count > 0) words.push_back(fmt::format("{} {}", count, what));
  return join(words, ", ");
}

void check_options(const RunsWords& words, const std::string& doing) {
  struct Taken {
    const char* option;
    bool given;
    const char* by;
  };
  for (const Taken& taken : {Taken{"--kind", !words.kind.empty(), "list"},
                             {"--game", !words.subject.empty(), "list"},
                             {"--preset", !words.preset.empty(), "list"},
                             {"--rule", !words.rule.empty(), "list"},
                             {"--sort", !words.sort.empty(), "list"},
                             {"--out", !words.out.empty(), "compare"},
                             {"--force", words.force, "compare"},
                             {"--dry-run", words.dry_run, "rm"}})
    if (taken.given && doing != taken.by)
      throw Error(fmt::format("only 'gyre runs {}' takes {}", taken.by, taken.option));
}

int runs(const RunsWords& words) {
  const std::vector<std::string> verbs{"list", "show", "compare", "rm"};
  const std::string doing = words.what.empty() ? "list" : words.what[0];
  if (std::ranges::find(verbs, doing) == verbs.end())
    throw Error(fmt::format("behind 'gyre runs' stands 'list', 'show', 'compare' or 'rm', not {}{}",
                            as_typed(doing), did_you_mean(doing, verbs)));
  check_options(words, doing);
  const std::vector<std::string> names(words.what.begin() + !words.what.empty(), words.what.end());
  if (doing == "list" && !names.empty())
    throw Error("one word too many: " + as_typed(names[0]) + "; to see a run: gyre runs show RUN");
  if (doing != "list" && names.empty())
    throw Error("which run? To list them: gyre runs; then: gyre runs " + doing + " RUN");
  if (doing == "show" && names.size() > 1)
    throw Error("one word too many: " + as_typed(names[1]) +
                "; to see several side by side: gyre runs compare RUN RUN");
  if (doing == "compare" && names.size() < 2)
    throw Error("compare it with which? For example: gyre runs compare " + names[0] + " last");
  std::error_code ignored;
  if (words.in != "runs" && !fs::is_directory(words.in, ignored))
    throw Error("there is no folder " + as_typed(words.in));

  const ListedRuns all(words.in);
  if (!words.quiet) {
    if (!all.scan().remark.empty()) say(all.scan().remark);
    if (const std::string found = news(all.scan()); !found.empty())
      say("in " + words.in + ": " + found);
  }
  if (doing == "list") {
    list_runs(all, words);
    return kDone;
  }
  std::vector<ListedRun> chosen;  // all of them before anything is done to one
  for (const std::string& name : names) {
    ListedRun run = all.find(name, doing == "rm");
    if (std::ranges::none_of(chosen, [&](const ListedRun& r) { return r.folder == run.folder; }))
      chosen.push_back(std::move(run));
  }
  if (doing == "compare" && chosen.size() < 2)
    throw Error("that is the same run twice: " + chosen[0].record.name);
  if (doing == "show") show_run(chosen[0], words.json);
  if (doing == "compare") compare_runs(chosen, words);
  if (doing == "rm") remove_runs(chosen, words);
  return kDone;
}

}  // namespace

ListedRuns::ListedRuns(fs::path place) : place_(std::move(place)) {
  const RunCatalogue catalogue(place_);
  scan_ = catalogue.scan();
  for (RunRecord& run : catalogue.runs()) {
    const fs::path folder = place_ / run.name;
    std::string id = digest(run.name);
    all_.push_back({std::move(run), folder, std::move(id)});
  }
  std::size_t length = kShortest;
  auto clash = [&] {
    std::set<std::string> seen;
    return std::ranges::any_of(
        all_, [&](const ListedRun& run) { return !seen.insert(run.id.substr(0, length)).second; });
  };
  while (clash()) ++length;
  for (ListedRun& run : all_) run.id.resize(length);
}

ListedRun ListedRuns::find(const std::string& word, bool whole) const {
  if (word == "last" && !all_.empty()) return all_.front();
  std::vector<const ListedRun*> meant;
  for (const ListedRun& run : all_) {
    if (run.record.name == word || run.id == word) return run;
    if (!word.empty() && run.record.name.find(word) != std::string::npos) meant.push_back(&run);
  }
  std::error_code ignored;
  if (meant.empty() && fs::is_directory(word, ignored)) {
    fs::path folder = fs::path(word).lexically_normal();
    if (folder.filename().empty()) folder = folder.parent_path();  // "here/"
    for (const ListedRun& run : all_)
      if (fs::equivalent(run.folder, folder, ignored) && !fs::is_symlink(folder)) return run;
    if (!is_run_folder(folder)) throw Error(as_typed(word) + " holds something else than a run");
    return {read_record(folder), folder, digest(folder.filename().string()).substr(0, kShortest)};
  }
  if (meant.size() == 1 && whole)
    throw Error(fmt::format("a part of a name is not enough to remove {}: gyre runs rm {}",
                            meant.front()->record.name, meant.front()->id));
  if (meant.size() == 1) return *meant.front();
  if (meant.size() > 1) {
    constexpr std::size_t kShown = 5;
    std::string names;
    for (std::size_t i = 0; i < std::min(kShown, meant.size()); ++i)
      names += fmt::format("\n  {}  {}", meant[i]->id, meant[i]->record.name);
    if (meant.size() > kShown) names += fmt::format("\n  and {} more", meant.size() - kShown);
    throw Error(fmt::format("{} means {} runs; say more of the name, or the digits before it",
                            as_typed(word), meant.size()),
                names.substr(1));
  }
  std::vector<std::string> known;
  for (const ListedRun& run : all_) {
    known.push_back(run.id);
    known.push_back(run.record.name);
  }
  const std::string near = did_you_mean(word, known);
  throw Error(fmt::format("there is no run {} in {}{}", as_typed(word), place_.string(),
                          near.empty() ? "; 'gyre runs' lists them" : near));
}

Action declare_runs(CLI::App& app) {
  const auto words = std::make_shared<RunsWords>();
  app.add_option("WHAT", words->what, "a list of all, one of them, several side by side, or away")
      ->type_name("[list|show RUN|compare RUN RUN...|rm RUN...]");
  option(app, "--in", words->in, "DIR", "the folder that holds the run folders (runs)");
  option(app, "--kind", words->kind, "VERB",
         "list only what this verb made: run, train, sweep, ...");
  option(app, "--game", words->subject, "GAME", "list only those of this game");
  option(app, "--preset", words->preset, "NAME", "list only trainings of this preset or file");
  option(app, "--rule", words->rule, "TEXT", "list only those whose rule has this in it");
  option(app, "--sort", words->sort, "METRIC", "the best of this metric first (the newest first)");
  option(app, "--out", words->out, "FILE", "draw what runs have in common: .svg, .png or .pdf");
  flag(app, "--force", words->force, "replace a file");
  flag(app, "--dry-run", words->dry_run, "say what rm would remove, and remove nothing");
  flag(app, "--json", words->json, "print one JSON object (docs/runs-json.md)");
  flag(app, "--quiet", words->quiet, "no messages");
  app.footer(
      "  gyre runs\n"
      "  gyre runs --kind train --preset ring8 --sort high_quality\n"
      "  gyre runs show last\n"
      "  gyre runs compare 3f2a 91c0 --out curves.svg\n"
      "  gyre runs rm 3f2a --dry-run");
  return [words](Command) { return runs(*words); };
}

}  // namespace gyre::cli
