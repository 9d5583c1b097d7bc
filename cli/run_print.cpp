#include "cli/run_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "cli/game_print.hpp"
#include "cli/run_figures.hpp"
#include "cli/table.hpp"
#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/explain.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/terminal.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostRunsInTable = 12;
constexpr std::size_t kMostPoints = 4;

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSettled:
      return Style::kGood;
    case Verdict::kDiverged:
    case Verdict::kNotFinite:
      return Style::kBad;
    default:
      return Style::kOdd;
  }
}

std::string known(double value, int digits) {
  return std::isnan(value) ? "-" : rounded(value, digits);
}

std::string heading(const Study& study, const StudyResult& result, const Screen& screen) {
  const Game& game = study.game;
  std::string text = screen.paint(Style::kBold, game_spelling(game));
  if (!game.name.empty()) text += "  " + game.title + "\n" + game.text;
  text += '\n';
  for (std::size_t i = 0; i < std::min(result.references.size(), kMostPoints); ++i) {
    const PointReport report = classify(game, result.references[i]);
    text += screen.paint(Style::kFaint,
                         fmt::format("critical point {}: {}", point_text(result.references[i]),
                                     point_words(report)));
    text += '\n';
  }
  if (result.references.size() > kMostPoints)
    text += screen.paint(Style::kFaint, fmt::format("and {} critical points more\n",
                                                    result.references.size() - kMostPoints));
  if (result.references.empty()) text += screen.paint(Style::kFaint, "no critical point found\n");
  text +=
      screen.paint(Style::kFaint, study.starts.size() == 1
                                      ? "start " + point_text(study.starts[0])
                                      : fmt::format("{} starts, {} and so on", study.starts.size(),
                                                    point_text(study.starts[0])));
  return text + "\n";
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

}  // namespace

std::string study_text(const Study& study, const StudyResult& result, const Screen& screen) {
  std::string text = heading(study, result, screen) + "\n";
  for (std::size_t rule = 0; rule < study.rules.size(); ++rule)
    text += verdicts(study, result, rule, screen);
  if (result.runs.size() <= kMostRunsInTable) text += "\n" + runs_table(study, result, screen);
  return text;
}

std::string study_picture(const Study& study, const StudyResult& result, const Screen& screen) {
  constexpr int kWidest = 100, kHighest = 30;
  if (study.record_every == 0) return {};
  const std::optional<plot::Panel> plane = plane_panel(study, result);
  const plot::Panel panel = plane ? *plane : distance_panel(study, result);
  if (panel.layers.empty()) return {};
  return plot::terminal_picture(panel, std::min(screen.columns, kWidest),
                                std::clamp(screen.rows - 8, 12, kHighest), screen.color);
}

}  // namespace gyre::cli
