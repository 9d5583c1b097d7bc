// gyre runs list and rm.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

#include "cli/folder_lock.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/runs_json.hpp"
#include "cli/table.hpp"
#include "cli/values.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;

namespace {

/// "2026-03-01 12:30" of "2026-03-01T12:30:05Z".
std::string moment(const std::string& time) {
  constexpr std::size_t kDate = 10, kMinutes = 16;
  if (time.size() < kMinutes) return time;
  return time.substr(0, kDate) + " " + time.substr(kDate + 1, kMinutes - kDate - 1);
}

Style style_of(const std::string& ending) {
  return ending == "done"         ? Style::kPlain
         : ending == "damaged"    ? Style::kBad
         : ending == "not finite" ? Style::kBad
                                  : Style::kOdd;
}

double value_of(const RunRecord& run, const std::string& metric) {
  for (const auto& [name, value] : run.metrics)
    if (name == metric) return value;
  return std::nan("");
}

std::vector<ListedRun> chosen(const ListedRuns& runs, const RunsWords& words) {
  std::set<std::string> kinds{"run",   "train",   "compare", "compare-train", "classify",
                              "sweep", "analyze", "advise",  "atlas"};
  std::set<std::string> metrics;
  std::vector<ListedRun> some;
  for (const ListedRun& run : runs.all()) {
    kinds.insert(run.record.kind);
    const RunRecord& r = run.record;
    if (!words.kind.empty() && r.kind != words.kind) continue;
    if (!words.subject.empty() && r.subject != words.subject) continue;
    if (!words.preset.empty() && r.subject != words.preset) continue;
    if (!words.rule.empty() && r.rule.find(words.rule) == std::string::npos) continue;
    for (const auto& [name, value] : r.metrics) metrics.insert(name);
    some.push_back(run);
  }
  if (!words.kind.empty()) one_of("--kind", words.kind, {kinds.begin(), kinds.end()});
  if (words.sort.empty() || some.empty()) return some;
  const std::vector<std::string> known(metrics.begin(), metrics.end());
  if (!metrics.contains(words.sort)) {
    const std::string near = did_you_mean(words.sort, known);
    throw Error(fmt::format("no run listed here has a metric {}{}", as_typed(words.sort),
                            near.empty() ? "; there are " + join(known, ", ") : near));
  }
  const double sign = better(words.sort) < 0 ? 1.0 : -1.0;
  std::ranges::stable_sort(some, [&](const ListedRun& a, const ListedRun& b) {
    const double left = sign * value_of(a.record, words.sort);
    const double right = sign * value_of(b.record, words.sort);
    return std::isnan(right) ? !std::isnan(left) : left < right;
  });
  return some;
}

std::string result_of(const RunRecord& run, const std::string& metric) {
  if (!metric.empty()) {
    const double value = value_of(run, metric);
    return std::isnan(value) ? "" : rounded(value, 4);
  }
  const auto* headline = run.headline();
  return headline ? fmt::format("{} {}", headline->first, rounded(headline->second, 4)) : "";
}

}  // namespace

void list_runs(const ListedRuns& runs, const RunsWords& words) {
  const std::vector<ListedRun> some = chosen(runs, words);
  if (words.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const ListedRun& run : some) all.push_back(run_json(run));
    print(json_text({{"place", words.in}, {"runs", std::move(all)}}));
    return;
  }
  if (some.empty()) {
    if (!words.quiet)
      say(runs.all().empty() ? "there are no runs in " + words.in + "; --in names another folder"
                             : fmt::format("none of the {} runs in {} is of that kind",
                                           runs.all().size(), words.in));
    return;
  }
  Table table({{.head = "run"},
               {.head = "began (UTC)"},
               {.head = "kind"},
               {.head = "of", .shrinks = true},
               {.head = "rule", .shrinks = true},
               {.head = "steps", .right = true},
               {.head = "ended"},
               {.head = words.sort.empty() ? "result" : words.sort}});
  for (const ListedRun& run : some) {
    const RunRecord& r = run.record;
    table.row({{run.id, Style::kBold},
               {moment(r.began), Style::kFaint},
               {r.kind},
               {r.subject},
               {r.rule},
               {r.steps ? std::to_string(*r.steps) : ""},
               {r.ending, style_of(r.ending)},
               {result_of(r, words.sort)}});
  }
  print(table.text(list_screen()));
}

void remove_runs(const std::vector<ListedRun>& runs, const RunsWords& words) {
  for (const ListedRun& run : runs)
    if (!is_safe_to_remove(run.folder))
      throw Error(as_typed(run.folder.string()) +
                  " is a link, damaged, or holds more than a run, and is left alone");
  for (const ListedRun& run : runs) refuse_busy(run.folder);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const ListedRun& run : runs) {
    std::uintmax_t bytes = 0;
    const auto files = files_below(run.folder);
    for (const auto& [name, size] : files) bytes += size;
    if (!words.dry_run) {
      // Under a hidden name first: whatever stops it, no half run is left under its own.
      fs::path hidden = run.folder;
      hidden.replace_filename("." + run.folder.filename().string() + ".removed");
      std::error_code problem;
      fs::remove_all(hidden, problem);
      fs::rename(run.folder, hidden, problem);
      if (problem) throw file_error("remove", run.folder, problem.value());
      fs::remove_all(hidden, problem);
      if (problem) throw file_error("remove", hidden, problem.value());
    }
    all.push_back({{"folder", run.folder.string()}, {"files", files.size()}, {"bytes", bytes}});
    if (!words.json)
      print(fmt::format("{} {}: {} file{}, {}\n", words.dry_run ? "would remove" : "removed",
                        run.folder.string(), files.size(), files.size() == 1 ? "" : "s",
                        size_words(bytes)));
  }
  if (words.json) print(json_text({{"dry_run", words.dry_run}, {"removed", std::move(all)}}));
  if (!words.dry_run) const RunCatalogue forget(words.in);
}

}  // namespace gyre::cli
