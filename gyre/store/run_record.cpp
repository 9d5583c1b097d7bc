#include "gyre/store/run_record.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMost = std::uint64_t{1} << 28;
constexpr const char *kTraining = "training.toml", *kTable = "metrics.csv";

/// The file's text; empty if it cannot be read.
std::string text_of(const fs::path& file) {
  try {
    return read_file(file, kMost);
  } catch (const FileError&) {
    return {};
  }
}

/// The JSON in a file; discarded if there is none.
Json json_of(const fs::path& file) { return Json::parse(text_of(file), nullptr, false); }

const Json& at(const Json& json, const char* key) {
  static const Json kNothing;
  return json.is_object() && json.contains(key) ? json[key] : kNothing;
}

std::string words(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  if (value.is_number_float()) return number(value.get<double>());
  return value.dump();
}

double real(const Json& value) { return value.is_number() ? value.get<double>() : std::nan(""); }

std::string rules_of(const Json& rules) {
  if (!rules.is_array() || rules.empty()) return {};
  const std::string first = words(rules.front());
  return rules.size() == 1 ? first : fmt::format("{} and {} more", first, rules.size() - 1);
}

std::string kind_of(const Json& manifest) {
  if (!at(manifest, "gyre").is_string()) return {};
  if (at(manifest, "kind").is_string()) return words(at(manifest, "kind"));
  if (at(manifest, "training").is_string()) return "train";
  if (at(manifest, "plan").is_object()) return "sweep";
  const Json& command = at(manifest, "command");
  return command.is_array() && command.size() > 1 ? words(command[1]) : "unknown";
}

std::string game_of(const Json& game) {
  if (game.is_string()) return words(game);
  const std::string name = words(at(game, "name"));
  return name.empty() ? words(at(game, "text")) : name;
}

/// "name = value" lines of the TOML that trainings write: strings in quotes, or numbers.
std::vector<std::pair<std::string, std::string>> toml_lines(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t equal = line.find('=');
    if (equal == line.npos) continue;
    std::string_view value = trim(line.substr(equal + 1));
    std::string plain;
    if (value.size() >= 2 && value.front() == '"') value = value.substr(1, value.size() - 2);
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '\\' && i + 1 < value.size()) ++i;
      plain += value[i];
    }
    pairs.emplace_back(trim(line.substr(0, equal)), std::move(plain));
  }
  return pairs;
}

/// The last row of a training's table.
void read_table(const fs::path& folder, RunRecord& run) {
  const std::string text = text_of(folder / kTable);
  std::vector<std::string_view> lines = split(text, '\n');
  std::erase_if(lines, [](std::string_view line) { return line.empty(); });
  if (lines.size() < 2) return;
  const auto names = split(lines.front(), ','), cells = split(lines.back(), ',');
  for (std::size_t i = 0; i < std::min(names.size(), cells.size()); ++i) {
    const double value = to_number(cells[i]).value_or(std::nan(""));
    if (i == 0)
      run.steps = static_cast<std::uint64_t>(std::max(value, 0.0));
    else
      run.metrics.emplace_back(names[i], value);
  }
}

/// A training that was killed, or still goes on: it has no manifest yet.
void read_unfinished(const fs::path& folder, RunRecord& run) {
  run.kind = "train";
  run.ending = "unfinished";
  for (const auto& [name, value] : toml_lines(text_of(folder / kTraining))) {
    if (name == "name") run.subject = value;
    if (name == "rule") run.rule = value;
    if (name == "data") run.data = value;
    if (name == "seed") run.seed = value;
  }
  read_table(folder, run);
}

/// How many runs ended how.
void count_endings(RunRecord& run, const std::map<std::string, double>& endings) {
  double all = 0.0;
  for (const auto& [ending, count] : endings) all += count;
  if (all == 0.0) return;
  run.metrics.emplace_back("runs", all);
  for (const auto& [ending, count] : endings) run.metrics.emplace_back(ending, count / all);
}

void read_results(const fs::path& folder, RunRecord& run) {
  std::map<std::string, double> endings{{"settled", 0.0}};
  if (run.kind == "run" || run.kind == "sweep") {
    const Json results = json_of(folder / "results.json");
    for (const Json& one : at(results, run.kind == "run" ? "runs" : "groups"))
      endings[words(at(one, "outcome"))] += run.kind == "run" ? 1.0 : real(at(one, "runs"));
    count_endings(run, endings);
    if (run.kind == "run" && at(results, "runs").is_array() && !at(results, "runs").empty()) {
      const Json& first = at(results, "runs").front();
      run.metrics.emplace_back("rate", real(at(first, "rate")));
      if (at(first, "steps").is_number_unsigned()) run.steps = at(first, "steps");
    }
  } else if (run.kind == "compare") {
    const Json results = json_of(folder / "comparison.json");
    const Json& ranking = at(results, "ranking");
    if (!ranking.is_array() || ranking.empty()) return;
    const Json& best = ranking.front();
    run.rule = fmt::format("{}, best of {}", words(at(best, "rule")), ranking.size());
    const double starts = real(at(results, "starts"));
    run.metrics.emplace_back("solved", real(at(at(best, "endings"), "solved")) / starts);
    run.metrics.emplace_back("calls_to_tolerance",
                             real(at(at(best, "calls_to_tolerance"), "median")));
  } else if (run.kind == "analyze") {
    const Json results = json_of(folder / "analysis.json");
    if (const Json& points = at(results, "points"); points.is_array())
      run.metrics.emplace_back("points", static_cast<double>(points.size()));
  } else if (run.kind == "advise") {
    const Json results = json_of(folder / "advice.json");
    run.rule = words(at(at(results, "recommended"), "rule"));
    run.metrics.emplace_back("predicted_rate",
                             real(at(at(results, "recommended"), "predicted_rate")));
  }
}

std::string written(const fs::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return {};
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(facts.st_mtime));
}

void flatten(const Json& value, const std::string& name, RunDetails& details) {
  constexpr std::size_t kLongest = 2000;
  if (value.is_object() && !value.empty()) {
    for (const auto& [key, inner] : value.items())
      flatten(inner, name.empty() ? key : name + "." + key, details);
    return;
  }
  std::string text = words(value);
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const Json& one : value) parts.push_back(words(one));
    text = join(parts, ", ");
  }
  if (text.size() <= kLongest) details.settings.emplace_back(name, std::move(text));
}

}  // namespace

int better(std::string_view metric) {
  if (metric.starts_with("mean_")) metric.remove_prefix(5);
  for (const std::string_view name :
       {"modes", "high_quality", "in_pattern", "precision", "recall", "density", "coverage",
        "accuracy", "test_accuracy", "settled", "solved"})
    if (metric == name) return 1;
  for (const std::string_view name : {"fid", "kid", "sliced_wasserstein", "reverse_kl",
                                      "predicted_rate", "rate", "calls_to_tolerance", "test_loss"})
    if (metric == name) return -1;
  return metric.ends_with("_error") || metric.ends_with("_distance") ? -1 : 0;
}

std::size_t rank_of_metric(std::string_view metric) {
  static constexpr std::string_view kOrder[] = {"fid",
                                                "kid",
                                                "test_accuracy",
                                                "accuracy",
                                                "high_quality",
                                                "in_pattern",
                                                "solved",
                                                "settled",
                                                "covariance_error",
                                                "points",
                                                "predicted_rate",
                                                "modes",
                                                "reverse_kl",
                                                "sliced_wasserstein",
                                                "precision",
                                                "recall",
                                                "density",
                                                "coverage"};
  return static_cast<std::size_t>(std::ranges::find(kOrder, metric) - std::begin(kOrder));
}

const std::pair<std::string, double>* RunRecord::headline() const {
  const std::pair<std::string, double>* most = nullptr;
  std::pair<std::size_t, bool> least{};  // rank, and whether nothing is better
  for (const auto& metric : metrics) {
    const std::pair rank(rank_of_metric(metric.first), better(metric.first) == 0);
    if (!most || rank < least) most = &metric, least = rank;
  }
  return most;
}

bool is_run_folder(const fs::path& folder) {
  return !run_stamp(folder).empty() && !read_record(folder).kind.empty();
}

bool is_safe_to_remove(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_symlink(folder, ignored) || !is_run_folder(folder)) return false;
  if (fs::exists(folder / kManifest, ignored)) return read_record(folder).ending != "damaged";
  // A settings file of that name may be somebody's own, among other things of theirs.
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name != kTraining && name != kTable && !name.starts_with("checkpoint") &&
        !name.starts_with("events.out.tfevents.") && !name.starts_with("samples") &&
        !name.starts_with("dynamics") && name != "moments.png" && !name.starts_with('.'))
      return false;
  }
  return true;
}

std::string run_stamp(const fs::path& folder) {
  std::string stamp;
  for (const char* name : {kManifest, kTraining, kTable}) {
    struct stat facts {};
    if (::stat((folder / name).c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
    if (name == kTable && stamp.empty()) continue;
    stamp += fmt::format("{}:{}:{}.{:09};", name[0], facts.st_size, facts.st_mtim.tv_sec,
                         facts.st_mtim.tv_nsec);
  }
  return stamp;
}

RunRecord read_record(const fs::path& folder) {
  RunRecord run;
  run.name = folder.filename().string();
  std::error_code ignored;
  if (!fs::exists(folder / kManifest, ignored)) {
    read_unfinished(folder, run);
    run.began = written(folder / kTraining);
    return run;
  }
  const Json manifest = json_of(folder / kManifest);
  if (!manifest.is_object()) {
    run.kind = "unknown";
    run.ending = "damaged";
    run.began = written(folder / kManifest);
    return run;
  }
  run.kind = kind_of(manifest);
  const Json& plan = at(manifest, "plan");
  const Json& facts = plan.is_object() ? plan : manifest;
  const Json& settings = at(manifest, "settings");
  run.subject = words(at(manifest, "training"));
  if (run.subject.empty()) run.subject = game_of(at(facts, "game"));
  if (run.subject.empty()) run.subject = words(at(settings, "data"));
  run.rule = words(at(manifest, "rule"));
  if (run.rule.empty()) run.rule = rules_of(at(facts, "rules"));
  run.data = words(at(settings, "data"));
  run.seed = words(at(facts.contains("seed") ? facts : settings, "seed"));
  if (const Json& steps = at(facts, "steps"); steps.is_number_unsigned()) run.steps = steps;
  run.ending = words(at(manifest, "ending"));
  if (run.ending.empty()) run.ending = at(manifest, "interrupted") == true ? "interrupted" : "done";
  const Json times = json_of(folder / "times.json");  // of sweeps
  for (const auto& [key, time] : {std::pair{"began", &run.began}, {"ended", &run.ended}}) {
    *time = words(at(manifest, key));
    if (time->empty()) *time = words(at(times, key));
  }
  if (run.began.empty()) run.began = written(folder / kManifest);
  run.version = words(at(manifest, "gyre"));
  if (const Json& metrics = at(manifest, "metrics"); metrics.is_object())
    for (const auto& [name, value] : metrics.items()) run.metrics.emplace_back(name, real(value));
  else
    read_results(folder, run);
  return run;
}

RunDetails read_details(const fs::path& folder) {
  static constexpr std::array kNoSettings{"gyre",       "kind",        "command", "began",
                                          "ended",      "seconds",     "machine", "files",
                                          "metrics",    "checkpoint",  "ending",  "groups",
                                          "attractors", "quantities",  "shape",   "runs",
                                          "words",      "interrupted", "engines", "critical_points",
                                          "training",   "parameters",  "steps"};
  RunDetails details;
  const Json manifest = json_of(folder / kManifest);
  if (!manifest.is_object()) {
    for (auto& pair : toml_lines(text_of(folder / kTraining)))
      if (pair.first != "title") details.settings.push_back(std::move(pair));
    return details;
  }
  for (const Json& word : at(manifest, "command")) details.command.push_back(words(word));
  const Json& settings = at(manifest, "settings");
  const Json& plan = at(manifest, "plan");
  const Json& all = settings.is_object() ? settings : plan.is_object() ? plan : manifest;
  for (const auto& [name, value] : all.items())
    if (&all != &manifest || std::ranges::find(kNoSettings, name) == kNoSettings.end())
      flatten(value, name, details);
  return details;
}

}  // namespace gyre
