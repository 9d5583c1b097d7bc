#include "cli/run_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "cli/game_print.hpp"
#include "cli/run_figures.hpp"
#include "cli/table.hpp"
#include "cli/verdict_print.hpp"
#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/explain.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/terminal.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostRunsInTable = 12;
constexpr std::size_t kMostPoints = 4;

/// What is not the interpreter, each once.
std::set<std::string> engines_that_ran(const StudyResult& result) {
  std::set<std::string> engines(result.engines.begin(), result.engines.end());
  engines.erase("interpreter");
  return engines;
}

std::string heading(const Study& study, const StudyResult& result, const Screen& screen) {
  const Game& game = study.game;
  std::string text = screen.paint(Style::kBold, game_spelling(game));
  if (!game.title.empty() && game.title != game.name) text += "  " + game.title;
  if (!game.name.empty()) text += "\n" + game.text;
  text += '\n';
  auto remark = [&](const std::string& words) {
    text += screen.paint(Style::kFaint, wrapped(words, screen.columns)) + "\n";
  };
  const auto& points = result.references;
  for (std::size_t i = 0; i < std::min(points.size(), kMostPoints); ++i)
    remark(fmt::format("critical point {}: {}", point_text(points[i]),
                       point_words(classify(game, points[i]))));
  if (points.size() > kMostPoints)
    remark(fmt::format("and {} critical points more", points.size() - kMostPoints));
  if (points.empty()) remark("no critical point found");
  const std::string first = point_text(study.starts[0]);
  remark(study.starts.size() == 1
             ? "start " + first
             : fmt::format("{} starts, {} and so on", study.starts.size(), first));
  for (const std::string& engine : engines_that_ran(result)) remark("ran on: " + engine);
  return text;
}

/// One start: a sentence. Many: how many ended how.
std::string verdicts(const Study& study, const StudyResult& result, std::size_t rule,
                     const Screen& screen) {
  std::vector<const StudyRun*> runs;
  for (const StudyRun& run : result.runs)
    if (run.rule == rule) runs.push_back(&run);
  if (runs.empty()) return {};
  std::string text = screen.paint(Style::kBold, study.rules[rule].text()) + "  ";
  if (runs.size() == 1) {
    const Outcome& o = runs[0]->outcome;
    return text + screen.paint(style_of(o.verdict), verdict_name(o.verdict)) + "\n  " +
           wrapped(explain(o), screen.columns, 2) + "\n";
  }
  std::map<Verdict, std::size_t> counts;
  for (const StudyRun* run : runs) ++counts[run->outcome.verdict];
  std::string between;
  for (const auto& [verdict, count] : counts) {
    text += between +
            screen.paint(style_of(verdict), fmt::format("{} {}", count, verdict_name(verdict)));
    between = ", ";
  }
  return text + "\n";
}

std::string runs_table(const Study& study, const StudyResult& result, const Screen& screen) {
  const bool many = study.starts.size() > 1;
  std::vector<Table::Column> columns{{.head = "rule", .shrinks = true}};
  if (many) columns.push_back({.head = "start"});
  for (const char* head : {"verdict"}) columns.push_back({.head = head});
  for (const char* head : {"rate", "predicted", "steps", "calls"})
    columns.push_back({.head = head, .right = true});
  columns.push_back({.head = "end point", .optional = true});
  columns.push_back({.head = "distance", .right = true});
  Table table(columns);
  for (const StudyRun& run : result.runs) {
    const Outcome& o = run.outcome;
    std::vector<Cell> cells{{study.rules[run.rule].text()}};
    if (many) cells.push_back({point_text(study.starts[run.start])});
    cells.push_back({verdict_name(o.verdict), style_of(o.verdict)});
    cells.push_back({known(o.rate, 6)});
    cells.push_back({known(run.predicted_rate.value_or(kUnknown), 6)});
    cells.push_back({fmt::format("{}", o.steps)});
    cells.push_back({known(o.calls, 15)});
    cells.push_back({point_text(o.last)});
    cells.push_back({known(o.distance, 4)});
    table.row(std::move(cells));
  }
  return table.text(screen);
}

/// The middle one of the known values.
std::string median(std::vector<double> values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) return "-";
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return rounded(*middle, 6);
}

/// For many starts: a row a rule.
std::string rules_table(const Study& study, const StudyResult& result, const Screen& screen) {
  constexpr Verdict kVerdicts[] = {Verdict::kSettled, Verdict::kCycling, Verdict::kDiverged,
                                   Verdict::kNotFinite, Verdict::kBudgetSpent};
  std::vector<Table::Column> columns{{.head = "rule", .shrinks = true}};
  for (const Verdict v : kVerdicts) columns.push_back({.head = verdict_name(v), .right = true});
  columns.push_back({.head = "rate", .right = true});
  columns.push_back({.head = "steps", .right = true});
  Table table(columns);
  for (std::size_t rule = 0; rule < study.rules.size(); ++rule) {
    std::map<Verdict, std::size_t> counts;
    std::vector<double> rates, steps;
    for (const StudyRun& run : result.runs) {
      if (run.rule != rule) continue;
      ++counts[run.outcome.verdict];
      rates.push_back(run.outcome.rate);
      steps.push_back(static_cast<double>(run.outcome.steps));
    }
    if (steps.empty()) continue;
    std::vector<Cell> cells{{study.rules[rule].text()}};
    for (const Verdict v : kVerdicts)
      cells.push_back(counts[v] ? Cell{std::to_string(counts[v]), style_of(v)} : Cell{"-"});
    cells.push_back({median(std::move(rates))});
    cells.push_back({median(std::move(steps))});
    table.row(std::move(cells));
  }
  return table.text(screen) + screen.paint(Style::kFaint, "  rate and steps are medians") + "\n";
}

}  // namespace

std::string study_text(const Study& study, const StudyResult& result, const Screen& screen) {
  std::string text = heading(study, result, screen) + "\n";
  for (std::size_t rule = 0; rule < study.rules.size(); ++rule)
    text += verdicts(study, result, rule, screen);
  const bool few = result.runs.size() <= kMostRunsInTable;
  return text + "\n" +
         (few ? runs_table(study, result, screen) : rules_table(study, result, screen));
}

std::string study_picture(const Study& study, const StudyResult& result, const Screen& screen) {
  constexpr int kWidest = 100, kHighest = 30;
  constexpr std::size_t kFewPaths = 12;
  if (study.record_every == 0) return {};
  const std::optional<plot::Panel> plane = plane_panel(study, result, kFewPaths);
  const plot::Panel panel = plane ? *plane : distance_panel(study, result, kFewPaths);
  if (panel.layers.empty()) return {};
  return plot::terminal_picture(panel, std::min(screen.columns, kWidest),
                                std::clamp(screen.rows - 8, 12, kHighest), screen.color);
}

}  // namespace gyre::cli
