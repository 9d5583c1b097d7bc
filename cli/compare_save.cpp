#include "cli/compare_save.hpp"

#include <nlohmann/json.hpp>

#include "cli/compare_figures.hpp"
#include "cli/manifest.hpp"
#include "gyre/analysis/compare_json.hpp"
#include "gyre/core/version.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/csv.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;

/// `what.low`, `what.median`, `what.high`.
void add_heads(std::vector<std::string>& header, const std::string& what) {
  for (const char* quartile : {".low", ".median", ".high"}) header.push_back(what + quartile);
}

void add_cells(CsvWriter& table, const Quartiles& q) {
  table.cell(q.low).cell(q.median).cell(q.high);
}

void save_ranking(RunFolder& folder, const ComparisonResult& result) {
  std::vector<std::string> header{"rank", "rule", "starts"};
  for (std::size_t e = 0; e < kEndings; ++e) header.emplace_back(to_string(static_cast<Ending>(e)));
  for (const char* what : {"calls", "distance", "residual", "gap"}) add_heads(header, what);
  for (const char* what : {"calls_a_step", "tuned_by", "radius", "tuning_calls"})
    header.emplace_back(what);
  auto file = folder.create("comparison.csv");
  CsvWriter table(*file, header);
  std::uint64_t rank = 0;
  for (const Contender& c : result.ranking) {
    table.cell(++rank).cell(c.rule.text()).cell(std::uint64_t{c.trials.size()});
    for (const std::size_t count : c.endings) table.cell(std::uint64_t{count});
    add_cells(table, c.calls_to);
    add_cells(table, c.distance);
    add_cells(table, c.residual);
    add_cells(table, c.gap);
    table.cell(c.work_a_step).cell(c.tuning ? to_string(c.tuning->by) : std::string_view());
    table.cell(c.tuning ? c.tuning->radius.value_or(kUnknown) : kUnknown);
    table.cell(c.tuning ? c.tuning->calls : 0.0).end();
  }
  folder.keep("comparison.csv", std::move(file));
}

void save_runs(RunFolder& folder, const Comparison& comparison, const ComparisonResult& result) {
  std::vector<std::string> header{"rule",  "start",    "ending",   "outcome", "steps",
                                  "calls", "distance", "residual", "gap",     "calls_to_tolerance"};
  for (const char* what : {"start.", "final."})
    for (const Coordinate& c : comparison.game.coordinates) header.push_back(what + c.name);
  auto file = folder.create("runs.csv");
  CsvWriter table(*file, header);
  for (const Contender& c : result.ranking) {
    const std::string rule = c.rule.text();
    for (std::size_t i = 0; i < c.trials.size(); ++i) {
      const Trial& t = c.trials[i];
      table.cell(rule).cell(std::uint64_t{i + 1}).cell(to_string(t.ending));
      table.cell(to_string(t.outcome.verdict)).cell(t.outcome.steps).cell(t.calls);
      table.cell(t.distance).cell(t.residual).cell(t.gap).cell(t.calls_to);
      for (const double x : comparison.starts[i]) table.cell(x);
      for (const double x : t.outcome.last) table.cell(x);
      table.end();
    }
  }
  folder.keep("runs.csv", std::move(file));
}

void save_curves(RunFolder& folder, const ComparisonResult& result) {
  std::vector<std::string> header{"rule", "calls"};
  for (const char* what : {"distance", "residual", "gap"}) add_heads(header, what);
  auto file = folder.create("curves.csv");
  CsvWriter table(*file, header);
  for (const Contender& c : result.ranking)
    for (std::size_t k = 0; k < c.residual_curve.calls.size(); ++k) {
      table.cell(c.rule.text()).cell(c.residual_curve.calls[k]);
      for (const Curve* curve : {&c.distance_curve, &c.residual_curve, &c.gap_curve})
        add_cells(table, curve->values.empty() ? Quartiles{} : curve->values[k]);
      table.end();
    }
  folder.keep("curves.csv", std::move(file));
}

void save_times(RunFolder& folder, const ComparisonResult& result) {
  std::vector<std::string> header{"rule", "seconds_a_step"};
  add_heads(header, "seconds");
  auto file = folder.create("times.csv");
  CsvWriter table(*file, header);
  for (const Contender& c : result.ranking) {
    table.cell(c.rule.text()).cell(c.seconds_a_step);
    add_cells(table, c.seconds_to());
    table.end();
  }
  folder.keep("times.csv", std::move(file));
}

}  // namespace

void save_comparison(RunFolder& folder, const Comparison& comparison,
                     const ComparisonResult& result) {
  save_ranking(folder, result);
  save_runs(folder, comparison, result);
  save_curves(folder, result);
  save_times(folder, result);
  folder.add("comparison.json", json_text(comparison_json(comparison, result, false)));
}

void save_comparison_figures(RunFolder& folder, const Comparison& comparison,
                             const ComparisonResult& result,
                             const std::vector<std::string>& kinds) {
  for (const std::string& kind : kinds) {
    if (kind == "terminal" || kind == "none") continue;
    for (const auto& [name, figure] : compare_figures(comparison, result)) {
      const std::string file = name + "." + kind;
      folder.add(file, plot::draw(figure, plot::format_of(file)));
    }
  }
}

std::filesystem::path save_comparison_manifest(RunFolder& folder, const Comparison& comparison,
                                               const ComparisonResult& result,
                                               const std::string& began,
                                               std::span<const std::string> command) {
  Json rules = Json::array();
  for (const Pipe& rule : comparison.rules) rules.push_back(rule.text());
  const Json manifest{{"gyre", kVersion},
                      {"command", command},
                      {"game", game_facts(comparison.game)},
                      {"rules", std::move(rules)},
                      {"seed", comparison.seed},
                      {"starts", comparison.starts.size()},
                      {"tuning_starts", comparison.tuning_starts.size()},
                      {"budget", {{"calls", comparison.calls}}},
                      {"interrupted", result.cancelled},
                      {"began", began},
                      {"ended", utc_now()},
                      {"threads", comparison.threads},
                      {"machine", machine_facts()},
                      {"files", file_facts(folder)}};
  folder.add(kManifest, json_text(manifest));
  return folder.commit();
}

}  // namespace gyre::cli
