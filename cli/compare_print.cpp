#include "cli/compare_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/compare_figures.hpp"
#include "cli/game_print.hpp"
#include "cli/table.hpp"
#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/analysis/work.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/terminal.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostPoints = 4, kMostForALine = 40, kMostRows = 40, kFewestRows = 10;
constexpr double kShownAsAway = 1e12;

std::string plural(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// 12345 as "12,345".
std::string grouped(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string calls_text(double calls) { return std::isfinite(calls) ? grouped(calls) : "-"; }

std::string small(double value) {
  if (std::isnan(value)) return "-";
  return value < kShownAsAway ? rounded(value, 2) : "away";
}

std::string time_text(double seconds) {
  if (!std::isfinite(seconds)) return "-";
  const auto in = [&](double unit, const char* name) {
    const double count = seconds / unit;
    return (count < 10.0 ? fmt::format("{:.1f}", count) : fmt::format("{:.0f}", count)) + name;
  };
  if (seconds < 1e-6) return in(1e-9, " ns");
  if (seconds < 1e-3) return in(1e-6, " us");
  if (seconds < 1.0) return in(1e-3, " ms");
  return in(1.0, " s");
}

Style style_of(Ending ending) {
  if (ending == Ending::kSolved) return Style::kGood;
  return ending == Ending::kDiverged ? Style::kBad : Style::kOdd;
}

std::string ranked_by(const Comparison& c, const Targets& targets) {
  const bool solutions = targets.has_solutions();
  const std::string until =
      fmt::format("{} stays within {} {}", targets.by_distance() ? "its distance" : "its residual",
                  number(c.tolerance),
                  targets.by_distance() ? (solutions ? "of a solution" : "of one") : "of 0");
  if (!solutions)
    return fmt::format(
        "no equilibrium is known, so nothing can be solved: ranked by the share of starts that "
        "come to stand at a critical point ('elsewhere' also counts those that stand anywhere "
        "else), "
        "then by the median of calls until {}",
        until);
  return fmt::format(
      "ranked by the share of starts solved, then by the median of calls until then: a run has "
      "solved the game when {} to its end",
      until);
}

std::string heading(const Comparison& c, const ComparisonResult& result, const Screen& screen) {
  std::string text = screen.paint(Style::kBold, game_spelling(c.game));
  if (!c.game.title.empty() && c.game.title != c.game.name) text += "  " + c.game.title;
  if (!c.game.name.empty()) text += "\n" + c.game.text;
  text += '\n';
  const auto remark = [&](const std::string& words) {
    text += screen.paint(Style::kFaint, wrapped(words, screen.columns)) + "\n";
  };
  const auto& points = result.targets.points();
  for (std::size_t i = 0; i < std::min(points.size(), kMostPoints); ++i)
    remark(fmt::format("critical point {}: {}", point_text(points[i].at),
                       point_words(classify(c.game, points[i].at))));
  if (points.size() > kMostForALine)
    remark(fmt::format("and {} more on the way, as if they formed a line or a surface",
                       points.size() - kMostPoints));
  else if (points.size() > kMostPoints)
    remark(fmt::format("and {} more", plural(points.size() - kMostPoints, "critical point")));
  if (points.empty()) remark("no critical point found");
  remark(fmt::format(
      "{} (seed {}), {} field call{} a run; a product with the Jacobian is "
      "charged as {} call, a linear system as {}",
      plural(c.starts.size(), "random start"), c.seed, grouped(c.calls), c.calls == 1.0 ? "" : "s",
      number(kCallsAProduct), number(work_a_solve(c.game.dim()))));
  const bool by_distance = result.targets.by_distance();
  if (!by_distance) remark("runs are measured by the residual: " + result.targets.why_not());
  remark(ranked_by(c, result.targets));
  return text;
}

/// Kinds of endings that somebody's run had, after the solved ones.
std::vector<Ending> endings_seen(const ComparisonResult& result) {
  std::vector<Ending> seen;
  for (std::size_t e = 1; e < kEndings; ++e)
    if (std::ranges::any_of(result.ranking, [&](const Contender& c) { return c.endings[e] > 0; }))
      seen.push_back(static_cast<Ending>(e));
  return seen;
}

std::size_t rows_shown(const ComparisonResult& result) {
  const auto solvers = static_cast<std::size_t>(
      std::ranges::count_if(result.ranking, [](const Contender& c) { return c.arrived > 0; }));
  return std::min({std::max(solvers, kFewestRows), kMostRows, result.ranking.size()});
}

std::string ranking_table(const Comparison& c, const ComparisonResult& result, std::size_t rows,
                          const Screen& screen) {
  const std::vector<Ending> endings = endings_seen(result);
  const bool by_distance = result.targets.by_distance();
  std::vector<Table::Column> columns{{.head = "", .right = true},
                                     {.head = "rule", .shrinks = true},
                                     {.head = "solved", .right = true}};
  for (const Ending e : endings)
    columns.push_back({.head = std::string(to_string(e)), .right = true});
  columns.push_back({.head = "calls to " + number(c.tolerance), .right = true});
  columns.push_back({.head = "quartiles", .right = true, .optional = true});
  columns.push_back({.head = by_distance ? "distance" : "residual", .right = true});
  if (result.gap) columns.push_back({.head = "gap", .right = true, .optional = true});
  columns.push_back({.head = "time", .right = true, .optional = true});
  Table table(columns);
  for (std::size_t i = 0; i < rows; ++i) {
    const Contender& one = result.ranking[i];
    const auto share = [&](Ending e) {
      const double part = one.share(e);
      return part > 0.0 ? Cell{rounded(100.0 * part, 3) + " %", style_of(e)} : Cell{"-"};
    };
    std::vector<Cell> cells{
        {std::to_string(i + 1), Style::kFaint}, {brief(one.rule)}, share(Ending::kSolved)};
    for (const Ending e : endings) cells.push_back(share(e));
    cells.push_back({calls_text(one.calls_to.median)});
    cells.push_back({std::isfinite(one.calls_to.low)
                         ? grouped(one.calls_to.low) + "-" + grouped(one.calls_to.high)
                         : "-"});
    cells.push_back({small(by_distance ? one.distance.median : one.residual.median)});
    if (result.gap) cells.push_back({small(one.gap.median)});
    cells.push_back({time_text(one.seconds_to().median)});
    table.row(std::move(cells));
  }
  return table.text(screen);
}

/// Names in lines, none of them broken.
std::string listed(const std::vector<std::string>& names, int columns, int indent) {
  constexpr std::string_view kHard = "\u00a0";
  std::string text;
  for (const char c : join(names, ",\n")) c == ' ' ? text += kHard : text += (c == '\n' ? ' ' : c);
  text = wrapped(text, columns, indent);
  for (std::size_t at = 0; (at = text.find(kHard, at)) != std::string::npos;)
    text.replace(at, kHard.size(), " ");
  return text;
}

/// Rules behind the table, by how most of their runs ended.
std::string the_rest(const ComparisonResult& result, std::size_t rows, const Screen& screen) {
  std::string text;
  for (std::size_t e = 0; e < kEndings; ++e) {
    std::vector<std::string> names;
    for (std::size_t i = rows; i < result.ranking.size(); ++i) {
      const auto& counts = result.ranking[i].endings;
      const auto most = std::ranges::max_element(counts) - counts.begin();
      if (static_cast<std::size_t>(most) == e) names.push_back(brief(result.ranking[i].rule));
    }
    if (names.empty()) continue;
    const Ending ending = static_cast<Ending>(e);
    text += "  " + screen.paint(style_of(ending), to_string(ending)) + "\n    " +
            listed(names, screen.columns, 4) + "\n";
  }
  if (text.empty()) return text;
  return fmt::format("\n{} more, by how most of their runs end\n",
                     plural(result.ranking.size() - rows, "rule")) +
         text;
}

/// A reason without the name of the stage it begins with, so that stages can share it.
std::string_view shared_reason(std::string_view why) {
  if (!why.starts_with('\'')) return why;
  const std::size_t end = why.find("' ", 1);
  return end == std::string_view::npos ? why : why.substr(end + 2);
}

/// "is for two players", "plays mixed strategies": what is left of a sentence about one stage.
bool is_verb(const std::string& why) {
  return why.substr(0, why.find(' ')).ends_with('s') && !why.starts_with("this");
}

std::string left_out_text(const ComparisonResult& result, const Screen& screen) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const LeftOut& rule : result.left_out) {
    const std::string why(shared_reason(rule.why));
    auto group = std::ranges::find(groups, why, [](const auto& g) { return g.first; });
    if (group == groups.end()) group = groups.insert(groups.end(), {why, {}});
    group->second.push_back(brief(rule.rule));
  }
  if (groups.empty()) return {};
  std::string text = fmt::format("\n{} not compared\n", plural(result.left_out.size(), "rule"));
  for (const auto& [why, rules] : groups)
    text +=
        "  " + listed(rules, screen.columns, 2) + "\n    " +
        screen.paint(Style::kFaint, wrapped((rules.size() > 1 && is_verb(why) ? "each " : "") + why,
                                            screen.columns, 4)) +
        "\n";
  return text;
}

std::string tuning_table(const Comparison& c, const ComparisonResult& result, std::size_t rows,
                         const Screen& screen) {
  if (c.tuning_starts.empty()) return {};
  Table table({{.head = "", .right = true},
               {.head = "chosen by"},
               {.head = "radius", .right = true},
               {.head = "runs", .right = true},
               {.head = "calls spent", .right = true},
               {.head = "the rule, as it can be typed"}});
  double spent = 0.0;
  for (std::size_t i = 0; i < result.ranking.size(); ++i) {
    const Contender& one = result.ranking[i];
    if (!one.tuning) continue;
    spent += one.tuning->calls;
    if (i >= rows) continue;
    constexpr std::string_view kBy[] = {"nothing to choose", "spectrum", "outcome"};
    table.row({{std::to_string(i + 1), Style::kFaint},
               {std::string(kBy[static_cast<int>(one.tuning->by)])},
               {one.tuning->radius ? rounded(*one.tuning->radius, 6) : "-"},
               {std::to_string(one.tuning->runs)},
               {grouped(one.tuning->calls)},
               {one.rule.text()}});
  }
  return fmt::format("\ntuned from {} of their own, with {} calls a run; {} calls in all\n",
                     plural(c.tuning_starts.size(), "start"), grouped(c.calls * kTuningShare),
                     grouped(spent)) +
         table.text(screen);
}

}  // namespace

std::string comparison_text(const Comparison& c, const ComparisonResult& result,
                            const Screen& screen) {
  std::string text = heading(c, result, screen) + "\n";
  if (result.ranking.empty()) return text + "it was interrupted before any rule was done\n";
  const std::size_t rows = rows_shown(result);
  return text + ranking_table(c, result, rows, screen) + the_rest(result, rows, screen) +
         left_out_text(result, screen) + tuning_table(c, result, rows, screen);
}

std::string comparison_picture(const ComparisonResult& result, const Screen& screen) {
  constexpr int kWidest = 100, kHighest = 26;
  const plot::Panel panel = compare_panel(result);
  if (panel.layers.empty()) return {};
  return plot::terminal_picture(panel, std::min(screen.columns, kWidest),
                                std::clamp(screen.rows - 8, 12, kHighest), screen.color);
}

}  // namespace gyre::cli
