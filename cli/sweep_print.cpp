#include "cli/sweep_print.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/game_print.hpp"
#include "cli/table.hpp"
#include "cli/verdict_print.hpp"
#include "gyre/analysis/explain.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostGroups = 16;

std::string outcome_text(const SweepGroup& g) {
  if (g.trend == Trend::kGrowing) return "still growing";
  return g.trend == Trend::kShrinking ? "still shrinking" : verdict_name(g.outcome);
}

std::string share(std::uint64_t part, std::uint64_t all) {
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(all);
  return percent > 0.0 && percent < 0.1 ? "< 0.1 %" : fmt::format("{:.1f} %", percent);
}

std::string attractor_text(const Attractors& attractors, int index) {
  if (index == kNoAttractor) return "";
  const auto i = static_cast<std::size_t>(index), points = attractors.points.size();
  if (i < points) return point_text(attractors.points[i]);
  const Attractors::Cycle& cycle = attractors.cycles[i - points];
  return fmt::format("cycle {} of {} steps", i - points + 1, known(cycle.period, 4));
}

std::string heading(const SweepPlan& plan, const Screen& screen) {
  std::string text = screen.paint(Style::kBold, game_spelling(plan.game));
  if (!plan.game.title.empty() && plan.game.title != plan.game.name) text += "  " + plan.game.title;
  text += "\n";
  if (plan.rules.size() == 1) text += plan.rules.front().text() + "\n";
  for (const Axis& axis : plan.axes)
    text += screen.paint(Style::kFaint, fmt::format("{} = {}", axis.name,
                                                    wrapped(axis.text(), screen.columns, 4))) +
            "\n";
  for (const Draw& draw : plan.draws)
    text +=
        screen.paint(Style::kFaint, fmt::format("{} drawn from {}", draw.name, draw.text())) + "\n";
  return text;
}

}  // namespace

std::string sweep_text(const SweepPlan& plan, const Attractors& attractors,
                       const SweepSummary& summary, const Screen& screen) {
  std::string text = heading(plan, screen);
  text += fmt::format("{} runs of at most {} steps\n\n", summary.runs, plan.steps);
  const bool where = std::ranges::find(plan.keep, Quantity::kAttractor) != plan.keep.end();
  std::vector<Table::Column> columns{{.head = "outcome"}};
  if (where) columns.push_back({.head = "where", .shrinks = true});
  for (const char* head : {"runs", "share", "steps", "rate", "period"})
    columns.push_back({.head = head, .right = true});
  Table table(columns);
  std::uint64_t others = 0;
  for (std::size_t i = 0; i < summary.groups.size(); ++i) {
    const SweepGroup& g = summary.groups[i];
    if (summary.groups.size() > kMostGroups && g.runs * 1000 < summary.runs) {
      others += g.runs;
      continue;
    }
    std::vector<Cell> cells{{outcome_text(g), style_of(g.outcome)}};
    if (where) cells.push_back({attractor_text(attractors, g.attractor)});
    cells.push_back({fmt::format("{}", g.runs)});
    cells.push_back({share(g.runs, summary.runs)});
    cells.push_back({known(g.steps, 6)});
    cells.push_back({known(g.rate, 6)});
    cells.push_back({known(g.period, 4)});
    table.row(std::move(cells));
  }
  text += table.text(screen);
  if (others > 0)
    text += fmt::format("  and {} runs ({}) in groups of less than a thousandth\n", others,
                        share(others, summary.runs));
  return text + screen.paint(Style::kFaint, "  steps, rate and period are medians") + "\n";
}

}  // namespace gyre::cli
