#include "cli/run_save.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/manifest.hpp"
#include "cli/run_figures.hpp"
#include "gyre/analysis/explain.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/csv.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/npy.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostStartsInManifest = 100;  // runs.csv holds all of them

void save_table(RunFolder& folder, const Study& study, const StudyResult& result) {
  std::vector<std::string> header{"rule",  "start", "outcome",  "rate",     "predicted_rate",
                                  "steps", "calls", "distance", "residual", "period"};
  for (const char* what : {"start.", "final."})
    for (const Coordinate& c : study.game.coordinates) header.push_back(what + c.name);
  header.emplace_back("reason");
  auto file = folder.create("runs.csv");
  CsvWriter table(*file, header);
  for (const StudyRun& run : result.runs) {
    const Outcome& o = run.outcome;
    table.cell(study.rules[run.rule].text()).cell(std::uint64_t{run.start + 1});
    table.cell(to_string(o.verdict)).cell(o.rate).cell(run.predicted_rate.value_or(kUnknown));
    table.cell(o.steps).cell(o.calls).cell(o.distance).cell(o.residual).cell(o.period);
    for (const double x : study.starts[run.start]) table.cell(x);
    for (const double x : o.last) table.cell(x);
    table.cell(explain(o)).end();
  }
  folder.keep("runs.csv", std::move(file));
}

void save_trajectory_csv(RunFolder& folder, const Study& study, const StudyResult& result) {
  std::vector<std::string> header{"rule", "start", "step"};
  for (const Coordinate& c : study.game.coordinates) header.push_back(c.name);
  auto file = folder.create("trajectory.csv");
  CsvWriter table(*file, header);
  for (const StudyRun& run : result.runs) {
    const std::string rule = study.rules[run.rule].text();
    for (std::size_t k = 0; k < run.recording.steps.size(); ++k) {
      table.cell(rule).cell(std::uint64_t{run.start + 1}).cell(run.recording.steps[k]);
      for (const double x : run.recording.at(k, study.game.dim())) table.cell(x);
      table.end();
    }
  }
  folder.keep("trajectory.csv", std::move(file));
}

void save_trajectory_npy(RunFolder& folder, const Study& study, const StudyResult& result) {
  const std::size_t columns = 3 + study.game.dim();
  std::vector<double> values;
  for (const StudyRun& run : result.runs)
    for (std::size_t k = 0; k < run.recording.steps.size(); ++k) {
      values.push_back(static_cast<double>(run.rule + 1));
      values.push_back(static_cast<double>(run.start + 1));
      values.push_back(static_cast<double>(run.recording.steps[k]));
      const auto point = run.recording.at(k, study.game.dim());
      values.insert(values.end(), point.begin(), point.end());
    }
  auto file = folder.create("trajectory.npy");
  write_npy(*file, values, values.size() / columns, columns);
  folder.keep("trajectory.npy", std::move(file));
}

Json budget(const RunOptions& options) {
  Json facts{{"steps", options.steps}, {"calls", nullptr}, {"seconds", nullptr}};
  if (std::isfinite(options.calls)) facts["calls"] = options.calls;
  if (std::isfinite(options.seconds)) facts["seconds"] = options.seconds;
  return facts;
}

}  // namespace

std::string rules_name(const Study& study) {
  std::string rule = slug(study.rules.front().text());
  if (study.rules.size() > 1) rule += "-and-" + std::to_string(study.rules.size() - 1) + "-more";
  return rule;
}

void save_results(RunFolder& folder, const RunWords& words, const Study& study,
                  const StudyResult& result) {
  save_table(folder, study, result);
  folder.add("results.json", json_text(study_json(study, result)));
  if (study.record_every > 0)
    words.format == "npy" ? save_trajectory_npy(folder, study, result)
                          : save_trajectory_csv(folder, study, result);
}

void save_figures(RunFolder& folder, const RunWords& words, const Study& study,
                  const StudyResult& result) {
  for (const std::string& kind : words.pictures()) {
    if (kind == "terminal" || kind == "none") continue;
    for (const auto& [name, figure] : run_figures(study, result)) {
      const std::string file = name + "." + kind;
      folder.add(file, plot::draw(figure, plot::format_of(file)));
    }
  }
}

std::filesystem::path save_manifest(RunFolder& folder, const RunWords& words, const Study& study,
                                    const StudyResult& result, const std::string& began,
                                    std::span<const std::string> command) {
  Json rules = Json::array();
  for (const Pipe& rule : study.rules) rules.push_back(rule.text());
  Json manifest{{"gyre", kVersion},
                {"command", command},
                {"game", game_facts(study.game)},
                {"rules", std::move(rules)},
                {"seed", study.seed},
                {"start", words.starts},
                {"starts", study.starts},
                {"budget", budget(study.options)},
                {"record_every", study.record_every},
                {"critical_points", result.references},
                {"interrupted", result.cancelled},
                {"began", began},
                {"ended", utc_now()},
                {"seconds", result.seconds},
                {"threads", study.options.threads},
                {"engines", result.engines},
                {"machine", machine_facts()},
                {"files", file_facts(folder)}};
  if (study.starts.size() > kMostStartsInManifest) manifest.erase("starts");
  folder.add(kManifest, json_text(manifest));
  return folder.commit();
}

}  // namespace gyre::cli
