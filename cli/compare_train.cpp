// gyre compare --train: rules against each other on one GAN, for the same work.
#include "cli/compare_train.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cli/compare_train_words.hpp"
#include "cli/folder_lock.hpp"
#include "cli/interrupt.hpp"
#include "cli/manifest.hpp"
#include "cli/output.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kKind = "compare-train";
constexpr std::uint64_t kSeeds = 3, kMostSeeds = 1000, kMostJobs = 256;

gan::Settings settings_of(const CompareTrainWords& words) {
  gan::Settings settings = gan::load_settings(words.training);
  for (const std::string& typed : words.settings)
    if (trim(std::string_view(typed).substr(0, typed.find('='))) == "rule")
      throw Error("rules to compare are named by --rules, not by --set");
  gan::set_typed(settings, words.settings);
  if (!words.steps.empty()) gan::set(settings, "steps", words.steps);
  if (!words.seed.empty()) gan::set(settings, "seed", words.seed);
  return settings;
}

std::vector<std::string> rules_of(const CompareTrainWords& words, const gan::Settings& settings) {
  std::vector<std::string> typed = words.more_rules;
  if (!words.rules.empty()) {
    typed.clear();
    for (const std::string_view word : split(words.rules, ',')) typed.emplace_back(trim(word));
    typed.insert(typed.end(), words.more_rules.begin(), words.more_rules.end());
  }
  if (typed.empty())
    throw Error("which rules? For example: --rules 'preset, adam | extragradient(eta=0.001)'");
  std::vector<std::string> rules;
  for (const std::string& word : typed) {
    if (word == "all") throw Error("'all' rules are too many to train; name some");
    std::string rule = parse_pipe(word == "preset" ? settings.rule : word).text();
    if (std::find(rules.begin(), rules.end(), rule) == rules.end())
      rules.push_back(std::move(rule));
  }
  return rules;
}

/// What a step of the rule costs: field calls, and products with the Jacobian, each charged as a
/// call. Counted while it steps, on a small batch.
double charge(gan::Settings settings, const std::shared_ptr<const Data>& data) {
  constexpr std::int64_t kBatch = 4;
  constexpr std::uint64_t kFirst = 2, kLast = 6;  // a first step may look once more
  settings.batch = std::min(settings.batch, kBatch);
  gan::Trainer trainer(settings, data);
  auto spent = [&](std::uint64_t steps) {
    while (trainer.steps() < steps) trainer.step();
    const auto facts = trainer.checkpoint().metadata;
    return to_number(facts.at("calls")).value_or(0.0) +
           to_number(facts.at("products")).value_or(0.0);
  };
  const double before = spent(kFirst);
  return (spent(kLast) - before) / static_cast<double>(kLast - kFirst);
}

TrainComparison comparison_of(const CompareTrainWords& words,
                              const std::shared_ptr<const Data>& data) {
  TrainComparison comparison{.base = gan::spelled_out(settings_of(words), *data)};
  const gan::Settings& base = comparison.base;
  comparison.calls = static_cast<double>(base.steps);
  const std::uint64_t seeds =
      words.seeds.empty() ? kSeeds : whole("--seeds", words.seeds, 1, kMostSeeds);
  for (std::uint64_t i = 0; i < seeds; ++i) comparison.seeds.push_back(base.seed + i);
  for (const std::string& rule : rules_of(words, base)) {
    TrainedRule one{.rule = rule, .number = comparison.rules.size() + 1, .settings = base};
    one.settings.rule = rule;
    one.calls_a_step = std::max(charge(one.settings, data), 1.0);
    const auto share = [&](std::uint64_t steps) {
      return std::max(std::uint64_t{1},
                      static_cast<std::uint64_t>(static_cast<double>(steps) / one.calls_a_step));
    };
    if (comparison.calls < one.calls_a_step)
      throw Error(fmt::format("{} field calls do not pay for a step of {}", base.steps, rule));
    one.settings.steps = share(base.steps);
    one.settings.log = share(base.log);
    one.settings.checkpoint = share(base.checkpoint);
    comparison.rules.push_back(std::move(one));
  }
  return comparison;
}

Json manifest_of(const TrainComparison& comparison, const std::string& began, Command command) {
  Json settings = Json::object();
  for (const auto& [name, value] : gan::listed(comparison.base))
    if (name != "rule") settings[name] = value;
  return {{"gyre", kVersion},
          {"kind", kKind},
          {"command", command},
          {"training", comparison.base.name},
          {"settings", std::move(settings)},
          {"plan", comparison.plan()},
          {"ending", "unfinished"},
          {"began", began},
          {"machine", machine_facts()}};
}

Json manifest_in(const fs::path& place) {
  constexpr std::uint64_t kMost = 1 << 26;
  std::error_code ignored;
  if (!fs::exists(place / kManifest, ignored)) return nullptr;
  return Json::parse(read_file(place / kManifest, kMost), nullptr, false);
}

/// Opens the folder, and says when the comparison in it began.
std::string open_folder(const fs::path& place, const TrainComparison& comparison, bool force,
                        Command command) {
  std::error_code problem;
  if (fs::exists(place, problem) && !fs::is_empty(place, problem)) {
    check_replaceable(place);
    const Json there = manifest_in(place);
    const bool ours = there.is_object() && there.value("kind", "") == kKind;
    if (ours && !force && there.value("plan", Json()) == comparison.plan())
      return there.value("began", "");
    if (!force)
      throw Error(as_typed(place.string()) + (ours ? " holds another comparison" : " holds a run") +
                  "; --force replaces it, and the same words as before go on");
    if (ours) lock_folder(place);  // nobody's that is still at work
    fs::remove_all(place, problem);
    if (problem) throw file_error("replace", place, problem.value());
  }
  fs::create_directories(place, problem);
  if (problem) throw file_error("make the folder", place, problem.value());
  const std::string began = utc_now();
  write_file(place / kManifest, json_text(manifest_of(comparison, began, command)),
             Existing::kReplace);
  return began;
}

fs::path free_place(const gan::Settings& settings) {
  const fs::path place = fs::path("runs") / run_folder_name(settings.name, kKind);
  fs::path free = place;
  std::error_code ignored;
  for (int n = 2; fs::exists(free, ignored); ++n) free = place.string() + "-" + std::to_string(n);
  return free;
}

void close_folder(const fs::path& place, const TrainComparison& comparison,
                  const std::string& began, Command command) {
  Json manifest = manifest_of(comparison, began, command), metrics = Json::object();
  manifest["ending"] = comparison.is_over() ? "done" : "interrupted";
  manifest["rule"] =
      fmt::format("{}, best of {}", comparison.rules.front().rule, comparison.rules.size());
  for (const std::string& metric : comparison.metrics()) {
    const double mean = comparison.rules.front().at_end(metric).mean;
    metrics[metric] = json_number(mean);
  }
  manifest["metrics"] = std::move(metrics);
  manifest["ended"] = utc_now();
  write_file(place / kManifest, json_text(manifest), Existing::kReplace);
}

int compare_train(const CompareTrainWords& words, Command command) {
  if (words.training.empty())
    throw Error("which training? For example: gyre compare --train ring8 --rules preset,gda");
  if (words.force && words.out.empty())
    throw Error("--force needs the folder to replace: --out DIR");
  const std::uint64_t jobs = words.jobs.empty() ? 1 : whole("--jobs", words.jobs, 1, kMostJobs);
  const gan::Settings settings = settings_of(words);
  gan::prepare_process(settings.threads);
  const std::shared_ptr<const Data> data = gan::data_of(settings);
  TrainComparison comparison = comparison_of(words, data);
  const fs::path place = words.out.empty() ? free_place(settings) : fs::path(words.out);
  const std::string began = open_folder(place, comparison, words.force, command);
  if (!words.quiet) {
    say(fmt::format("{}: {} rule{}, {} seed{} each, {} field calls a training; in {}",
                    settings.name, comparison.rules.size(), comparison.rules.size() == 1 ? "" : "s",
                    comparison.seeds.size(), comparison.seeds.size() == 1 ? "" : "s",
                    settings.steps, place.string()));
  }
  lock_folder(place);
  catch_interrupts();
  read_trials(comparison, place);
  run_trials(comparison, place, jobs, words.quiet);
  read_trials(comparison, place);
  comparison.rank();
  save_train_comparison(comparison, place, *data);
  close_folder(place, comparison, began, command);
  if (words.json) {
    Json result = comparison_json(comparison);
    result["folder"] = place.string();
    print(json_text(result));
  } else if (comparison.is_over() || comparison.has_ended_trainings()) {
    print(comparison_text(comparison));
  }
  finish_output();
  if (!comparison.is_over()) {
    say("interrupted: the same words with --out " + place.string() + " go on");
    return interrupted_status();
  }
  if (!words.quiet) say("saved in " + place.string());
  return kDone;
}

}  // namespace

Action declare_compare_train(CLI::App& app) {
  const auto words = std::make_shared<CompareTrainWords>();
  words->declare(app);
  return [words](Command command) { return compare_train(*words, command); };
}

}  // namespace gyre::cli
