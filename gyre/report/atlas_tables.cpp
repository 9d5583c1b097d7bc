#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/analysis/quartiles.hpp"
#include "gyre/core/text.hpp"
#include "gyre/report/atlas_parts.hpp"
#include "gyre/report/format.hpp"

namespace gyre::report {

namespace {

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "–";
  return fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

/// A bar as wide as the share, behind its number.
std::string bar(std::size_t part, std::size_t whole) {
  const double share = whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
  return fmt::format("<span class=\"bar\" style=\"--w:{:.0f}%\">{}</span>", share,
                     percent(part, whole));
}

struct RuleScore {
  std::size_t rule = 0, defined = 0, all = 0, solved = 0, starts = 0;
  std::size_t off = 0, on = 0, compared = 0, agree = 0;
  std::vector<double> calls;

  double share() const {
    return starts ? static_cast<double>(solved) / static_cast<double>(starts) : 0.0;
  }
};

std::vector<RuleScore> scores(const AtlasGrid& grid) {
  std::vector<RuleScore> all;
  for (std::size_t r = 0; r < grid.rules.size(); ++r) {
    RuleScore score{.rule = r};
    for (const AtlasEntry& game : grid.games) {
      const AtlasCell& cell = game.found.cells[r];
      if (!cell.is_defined()) continue;
      const std::size_t here = solved(cell, game.found.points);
      ++score.defined;
      score.solved += here;
      score.starts += cell.starts();
      if (here == cell.starts()) {
        ++score.all;
        score.calls.push_back(cell.calls);
      }
      for (const OnCycle& on : cell.cycles) score.off += on.settled;
      score.on += on_cycles(cell);
      score.compared += cell.accord != Accord::kOpen;
      score.agree += cell.accord == Accord::kAgree || cell.accord == Accord::kRate;
    }
    all.push_back(std::move(score));
  }
  std::ranges::stable_sort(
      all, [](const RuleScore& a, const RuleScore& b) { return a.share() > b.share(); });
  return all;
}

std::string scrolling(const std::string& table) {
  return tag("div", {{"class", "tall"}, {"tabindex", "0"}}, table);
}

}  // namespace

std::string rules_table(const AtlasGrid& grid, Words& words) {
  HtmlTable table{.caption = words.html("atlas.rules.caption"),
                  .numeric = {false, true, true, true, true, true, true}};
  for (const char* column : {"rule", "defined", "all", "share", "calls", "cycles", "agree"})
    table.head.push_back(words.html(std::string("atlas.column.") + column));
  for (const RuleScore& score : scores(grid)) {
    const AtlasRule& rule = grid.rules[score.rule];
    const double calls = quartiles(score.calls).median;
    table.rows.push_back(
        {tag("b", escape(rule.name)) + "<br><small>" + escape(rule.pipe.text()) + "</small>",
         std::to_string(score.defined), std::to_string(score.all), bar(score.solved, score.starts),
         std::isnan(calls) ? "–" : grouped(static_cast<std::uint64_t>(calls)),
         score.on ? part_of(words, score.off, score.on) : "–",
         percent(score.agree, score.compared)});
  }
  return scrolling(table.html());
}

std::string games_table(const AtlasGrid& grid, Words& words) {
  struct Row {
    const AtlasEntry* game;
    std::size_t solved, defined;
  };
  std::vector<Row> order;
  for (const AtlasEntry& game : grid.games) {
    Row row{&game, 0, 0};
    for (const AtlasCell& cell : game.found.cells) {
      if (!cell.is_defined()) continue;
      ++row.defined;
      row.solved += solved(cell, game.found.points) == cell.starts();
    }
    order.push_back(row);
  }
  std::ranges::stable_sort(order, [](const Row& a, const Row& b) { return a.solved < b.solved; });
  HtmlTable table{.numeric = {false, false, false, true}};
  for (const char* column : {"game", "formula", "points", "solvedby"})
    table.head.push_back(words.html(std::string("atlas.column.") + column));
  for (const Row& row : order) {
    const AtlasEntry& game = *row.game;
    std::vector<std::pair<std::string, int>> kinds;
    for (const AtlasPoint& p : game.found.points) {
      const std::string kind = words.text("atlas.kind." + std::string(to_string(p.kind))) + ", " +
                               words.text("atlas.flow." + std::string(to_string(p.flow)));
      const auto it = std::ranges::find(kinds, kind, &std::pair<std::string, int>::first);
      if (it == kinds.end())
        kinds.emplace_back(kind, 1);
      else
        ++it->second;
    }
    std::string points;
    for (const auto& [kind, count] : kinds)
      points += (points.empty() ? "" : "<br>") +
                escape(count > 1 ? std::to_string(count) + " × " + kind : kind);
    constexpr std::size_t kLong = 90;
    std::string formula = game.formula;
    if (formula.size() > kLong) {
      std::size_t cut = kLong;
      while (cut > 0 && is_continuation(formula[cut])) --cut;
      formula = formula.substr(0, cut) + " …";
    }
    const std::string name =
        tag("b", escape(game.title)) + "<br><small>" + escape(game.name) + "</small>";
    table.rows.push_back({grid.figures && game.figures
                              ? tag("a", {{"href", "games/" + game.slug + ".html"}}, name)
                              : name,
                          tag("code", escape(formula)), points.empty() ? "–" : points,
                          part_of(words, row.solved, row.defined)});
  }
  return scrolling(table.html());
}

std::string cycles_section(const AtlasGrid& grid, Words& words) {
  std::vector<const AtlasEntry*> games;
  for (const AtlasEntry& game : grid.games)
    if (!game.found.cycles.empty()) games.push_back(&game);
  if (games.empty()) return {};
  std::size_t starts = 0;
  HtmlTable table{.caption = words.html("atlas.cycles.caption"), .numeric = {false}};
  table.head.push_back(words.html("atlas.column.rule"));
  for (const AtlasEntry* game : games) {
    table.head.push_back(escape(game->name));
    table.numeric.push_back(true);
  }
  std::string free;
  for (std::size_t r = 0; r < grid.rules.size(); ++r) {
    std::vector<std::string> row{tag("b", escape(grid.rules[r].name))};
    bool defined = false, escapes = true;
    for (const AtlasEntry* game : games) {
      const AtlasCell& cell = game->found.cells[r];
      if (!cell.is_defined()) {
        row.emplace_back("–");
        continue;
      }
      defined = true;
      OnCycle on;
      for (const OnCycle& one : cell.cycles) {
        on.caught += one.caught;
        on.settled += one.settled;
        on.diverged += one.diverged;
        on.astray += one.astray;
      }
      starts = std::max(starts, on_cycles(cell) / cell.cycles.size());
      escapes = escapes && on.settled == on_cycles(cell);
      std::string text = on.caught ? fmt::format("<b class=\"held\">↻{}</b>", on.caught) : "";
      for (const auto& [count, mark] :
           {std::pair{on.settled, "✓"}, {on.diverged, "↗"}, {on.astray, "·"}})
        if (count) text += fmt::format("{}{}{}", text.empty() ? "" : " ", mark, count);
      row.push_back(cell_link(grid, *game, r, text));
    }
    if (!defined) continue;
    if (escapes) free += (free.empty() ? "" : ", ") + grid.rules[r].name;
    table.rows.push_back(std::move(row));
  }
  words.set("count", std::to_string(games.size()));
  words.set("starts", std::to_string(starts));
  words.set("names", free);
  return tag("section",
             "\n" + tag("h2", words.html("atlas.cycles")) + "\n" +
                 tag("p", words.html("atlas.cycles.lead")) + "\n" +
                 tag("p", words.html(free.empty() ? "atlas.cycles.nobody" : "atlas.cycles.free")) +
                 "\n" + scrolling(table.html())) +
         "\n";
}

std::string parting_section(const AtlasGrid& grid, Words& words) {
  std::string all = "\n" + tag("h2", words.html("atlas.part")) + "\n" +
                    tag("p", words.html("atlas.part.lead")) + "\n";
  for (const Accord accord :
       {Accord::kBeside, Accord::kMissed, Accord::kUnforetold, Accord::kRate}) {
    const std::string name(to_string(accord));
    std::size_t count = 0;
    std::string list;
    for (std::size_t r = 0; r < grid.rules.size(); ++r) {
      std::string links;
      for (const AtlasEntry& game : grid.games) {
        if (game.found.cells[r].accord != accord) continue;
        ++count;
        links += " " + cell_link(grid, game, r, escape(game.name));
      }
      if (!links.empty()) list += tag("dt", escape(grid.rules[r].name)) + tag("dd", links) + "\n";
    }
    words.set("title", words.text("atlas.c." + name));
    words.set("count", std::to_string(count));
    all += tag("h3", words.html("atlas.part.count")) + "\n" +
           tag("p", words.html("atlas.part." + name)) + "\n";
    if (count == 0) {
      all += tag("p", words.html("atlas.part.none")) + "\n";
      continue;
    }
    all += tag("details", count <= 12 ? Attributes{{"open", ""}} : Attributes{},
               tag("summary", words.html("atlas.part.list")) + tag("dl", "\n" + list)) +
           "\n";
  }
  return tag("section", all) + "\n";
}

}  // namespace gyre::report
