// What came out of the trainings of a comparison: numbers, their JSON and their tables.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/compare_train.hpp"
#include "cli/table.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/run_record.hpp"

namespace gyre::cli {

using Json = nlohmann::ordered_json;

namespace {

double value_in(const gan::Row& row, const std::string& metric) {
  for (const auto& [name, value] : row.metrics)
    if (name == metric) return value;
  return std::nan("");
}

Json json_of(const Spread& spread) {
  return {{"mean", json_number(spread.mean)},
          {"sd", json_number(spread.deviation)},
          {"seeds", spread.count}};
}

/// "0.98 ± 0.01", and of how many seeds, where others of `all` have no such number.
std::string words_of(const Spread& spread, std::size_t all) {
  if (spread.count == 0) return "-";
  std::string words = rounded(spread.mean, 3);
  if (spread.count > 1) words += " ± " + rounded(spread.deviation, 2);
  return spread.count == all ? words : fmt::format("{} (of {})", words, spread.count);
}

/// Of every training that came to its end, the number that `of` says.
Spread over_seeds(const std::vector<RuleTrial>& trials, auto&& of) {
  std::vector<double> values;
  for (const RuleTrial& trial : trials)
    if (trial.ending == "done" && !trial.rows.empty()) values.push_back(of(trial));
  return spread_of(values);
}

}  // namespace

Spread spread_of(std::span<const double> values) {
  Spread spread;
  double sum = 0.0, squares = 0.0;
  for (const double value : values)
    if (std::isfinite(value)) sum += value, ++spread.count;
  const auto n = static_cast<double>(spread.count);
  spread.mean = spread.count > 0 ? sum / n : std::nan("");
  for (const double value : values)
    if (std::isfinite(value)) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = spread.count > 1   ? std::sqrt(squares / (n - 1.0))
                     : spread.count > 0 ? 0.0
                                        : std::nan("");
  return spread;
}

std::size_t TrainedRule::not_finite() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      trials, [](const RuleTrial& trial) { return trial.ending == "not finite"; }));
}

Spread TrainedRule::at_end(const std::string& metric) const {
  return over_seeds(trials,
                    [&](const RuleTrial& trial) { return value_in(trial.rows.back(), metric); });
}

Spread TrainedRule::at_best(const std::string& metric) const {
  const double sign = better(metric) < 0 ? -1.0 : 1.0;
  return over_seeds(trials, [&](const RuleTrial& trial) {
    double best = std::nan("");
    for (const gan::Row& row : trial.rows) {
      const double value = value_in(row, metric);
      if (std::isfinite(value) && !(sign * value <= sign * best)) best = value;
    }
    return best;
  });
}

Json TrainComparison::plan() const {
  Json settings = Json::object(), all = Json::array();
  for (const auto& [name, value] : gan::listed(base))
    if (name != "rule" && name != "seed" && name != "steps" && name != "threads")
      settings[name] = value;
  std::vector<const TrainedRule*> as_given;
  for (const TrainedRule& rule : rules) as_given.push_back(&rule);
  std::ranges::sort(as_given, {}, &TrainedRule::number);
  for (const TrainedRule* rule : as_given)
    all.push_back({{"rule", rule->rule},
                   {"calls_a_step", rule->calls_a_step},
                   {"steps", rule->settings.steps}});
  return {{"training", base.name},
          {"settings", std::move(settings)},
          {"calls", calls},
          {"seeds", seeds},
          {"rules", std::move(all)}};
}

std::vector<std::string> TrainComparison::metrics() const {
  std::vector<std::string> names;
  for (const TrainedRule& rule : rules)
    for (const RuleTrial& trial : rule.trials)
      if (names.empty() && !trial.rows.empty())
        for (const auto& [name, value] : trial.rows.front().metrics)
          if (name != "calls" && name != "products") names.push_back(name);
  return names;
}

std::vector<std::string> TrainComparison::judged() const {
  std::vector<std::string> names = metrics();
  std::erase_if(names, [](const std::string& name) { return better(name) == 0; });
  return names;
}

std::string TrainComparison::ordered_by() const {
  RunRecord record;
  for (const std::string& name : judged()) record.metrics.emplace_back(name, 0.0);
  return record.headline() ? record.headline()->first : "";
}

void TrainComparison::rank() {
  const std::string by = ordered_by();
  const double sign = better(by) < 0 ? 1.0 : -1.0;
  // A rule that loses trainings is not better for what the others came to.
  std::ranges::stable_sort(rules, {}, [&](const TrainedRule& rule) {
    const double mean = by.empty() ? 0.0 : sign * rule.at_end(by).mean;
    return std::pair(rule.not_finite(),
                     std::isnan(mean) ? std::numeric_limits<double>::infinity() : mean);
  });
}

bool TrainComparison::has_ended_trainings() const {
  return std::ranges::any_of(rules, [](const TrainedRule& rule) {
    return std::ranges::any_of(rule.trials, &RuleTrial::is_over);
  });
}

bool TrainComparison::is_over() const {
  for (const TrainedRule& rule : rules)
    for (const RuleTrial& trial : rule.trials)
      if (!trial.is_over()) return false;
  return true;
}

Json comparison_json(const TrainComparison& comparison) {
  const std::vector<std::string> metrics = comparison.metrics(), judged = comparison.judged();
  const std::string by = comparison.ordered_by();
  Json ranking = Json::array();
  for (const TrainedRule& rule : comparison.rules) {
    Json at_end = Json::object(), at_best = Json::object(), trainings = Json::array();
    for (const std::string& name : metrics) at_end[name] = json_of(rule.at_end(name));
    for (const std::string& name : judged) at_best[name] = json_of(rule.at_best(name));
    for (const RuleTrial& trial : rule.trials)
      trainings.push_back({{"seed", trial.seed},
                           {"folder", trial.folder.filename().string()},
                           {"ending", trial.ending},
                           {"steps", trial.steps}});
    ranking.push_back({{"rank", ranking.size() + 1},
                       {"rule", rule.rule},
                       {"calls_a_step", rule.calls_a_step},
                       {"steps", rule.settings.steps},
                       {"not_finite", rule.not_finite()},
                       {"end", std::move(at_end)},
                       {"best", std::move(at_best)},
                       {"trainings", std::move(trainings)}});
  }
  return {{"training", comparison.base.name},
          {"data", comparison.base.data},
          {"calls", comparison.calls},
          {"seeds", comparison.seeds},
          {"ordered_by", by.empty() ? Json(nullptr) : Json(by)},
          {"ranking", std::move(ranking)},
          {"interrupted", !comparison.is_over()}};
}

std::string comparison_text(const TrainComparison& comparison) {
  const std::vector<std::string> judged = comparison.judged();
  const std::vector<std::string> shown = judged.empty() ? comparison.metrics() : judged;
  std::string text;
  for (const bool best : {false, true}) {
    if (best && judged.empty()) continue;
    text += best ? "\nat each training's best moment\n" : "at the end\n";
    std::vector<Table::Column> columns{{.right = true},
                                       {.head = "rule", .shrinks = true, .ends = true},
                                       {.head = "steps", .right = true}};
    if (!best) columns.push_back({.head = "not finite", .right = true});
    for (const std::string& name : shown) columns.push_back({.head = name});
    Table table(columns);
    std::size_t place = 0;
    for (const TrainedRule& rule : comparison.rules) {
      std::vector<Cell> cells{{std::to_string(++place), Style::kFaint},
                              {rule.rule},
                              {std::to_string(rule.settings.steps)}};
      if (!best)
        cells.push_back({fmt::format("{} of {}", rule.not_finite(), rule.trials.size()),
                         rule.not_finite() > 0 ? Style::kBad : Style::kPlain});
      for (const std::string& name : shown)
        cells.push_back(
            {words_of(best ? rule.at_best(name) : rule.at_end(name), rule.trials.size())});
      table.row(std::move(cells));
    }
    text += table.text(list_screen());
  }
  const std::string by = comparison.ordered_by();
  text += fmt::format("mean ± sd over {} seed{}, for {} field calls each", comparison.seeds.size(),
                      comparison.seeds.size() == 1 ? "" : "s", number(comparison.calls));
  for (const TrainedRule& rule : comparison.rules)
    if (rule.calls_a_step > 1.0)
      text += fmt::format("; a step of {} costs {}", rule.rule, rounded(rule.calls_a_step, 3));
  return text + (by.empty() ? "\n" : "; ordered by " + by + " at the end\n");
}

}  // namespace gyre::cli
