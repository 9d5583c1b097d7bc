// The grid itself: one table, coloured by one of five views, and the numbers behind each cell.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/report/atlas_parts.hpp"
#include "gyre/report/format.hpp"

namespace gyre::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kSpeeds[] = {100.0, 300.0, 1000.0, 3000.0};

int speed_of(const AtlasCell& cell) {
  if (std::isnan(cell.calls)) return 9;
  int speed = 0;
  for (const double most : kSpeeds) speed += cell.calls > most;
  return speed;
}

/// What became of the starts on cycles: caught, some came off, all settled, all came off, none.
char on_cycle_of(const AtlasCell& cell) {
  const std::size_t all = on_cycles(cell), kept = caught(cell);
  if (all == 0) return 'n';
  if (kept == all) return 'c';
  if (kept > 0) return 's';
  std::size_t settled = 0;
  for (const OnCycle& on : cell.cycles) settled += on.settled;
  return settled == all ? 'f' : 'a';
}

/// One letter a view: what happened, what was foretold, accord, speed, cycles.
std::string classes(const AtlasCell& cell, const Endings& endings) {
  return fmt::format("m{} t{} c{} s{} y{}", static_cast<int>(endings.most),
                     static_cast<int>(theory_of(cell)), static_cast<int>(cell.accord),
                     speed_of(cell), on_cycle_of(cell));
}

std::string cell_html(const AtlasGrid& grid, const AtlasEntry& game, std::size_t rule) {
  const AtlasCell& cell = game.found.cells[rule];
  const std::string link = grid.figures && game.figures ? fmt::format(" href=\"games/{}.html#{}\"",
                                                                      game.slug, grid.slugs[rule])
                                                        : " tabindex=\"0\"";
  if (!cell.is_defined()) return fmt::format("<td class=\"u\"><a{}></a></td>", link);
  const Endings endings = endings_of(cell, game);
  const std::size_t solved = endings.count[0];
  std::string style;
  if (solved > 0 && solved < endings.all)
    style = fmt::format(" style=\"--p:{}%;--r:var(--m{})\"", 100 * solved / endings.all,
                        static_cast<int>(endings.most_else));
  return fmt::format("<td class=\"{}{}\"{}><a{}></a></td>", classes(cell, endings),
                     style.empty() ? "" : " p", style, link);
}

/// With four digits: the file of numbers has all of them.
Json brief(double value) {
  return std::isfinite(value) ? Json(std::stod(fmt::format("{:.4g}", value))) : Json();
}

/// The factor a step as its distance from 1 tells it: close to 1, more digits count.
Json factor(double value) {
  return std::isfinite(value) ? Json(std::stod(fmt::format("{:.6f}", value))) : Json();
}

/// What the script shows of a cell. Reasons are many and alike, so they stand once.
Json facts_of(const AtlasCell& cell, const AtlasEntry& game, std::vector<std::string>& reasons) {
  const auto reason = [&](const std::string& text) {
    const auto it = std::ranges::find(reasons, text);
    const auto place = it - reasons.begin();
    if (it == reasons.end()) reasons.push_back(text);
    return place;
  };
  if (!cell.is_defined()) return reason(cell.undefined);
  const Endings e = endings_of(cell, game);
  const AtPoint* aim = nullptr;  // where most arrive, else what promises most
  for (const AtPoint& at : cell.points)
    if (!aim || at.arrived > aim->arrived ||
        (at.arrived == aim->arrived && !(at.radius >= aim->radius) && !std::isnan(at.radius)))
      aim = &at;
  return {e.count[0],
          e.count[1],
          e.count[2],
          e.count[3],
          e.count[4],
          static_cast<int>(theory_of(cell)),
          aim ? factor(aim->radius) : Json(),
          factor(cell.measured),
          brief(cell.steps),
          brief(cell.calls),
          aim ? brief(aim->eta_from) : Json(),
          aim ? brief(aim->eta_limit) : Json(),
          aim ? brief(aim->eta_best) : Json(),
          aim ? factor(aim->radius_best) : Json(),
          caught(cell),
          on_cycles(cell),
          static_cast<int>(cell.accord)};
}

std::string data_of(const AtlasGrid& grid, const Words& words) {
  Json rules = Json::array(), games = Json::array(), cells = Json::array();
  std::vector<std::string> reasons;
  for (const AtlasRule& rule : grid.rules) rules.push_back({rule.name, rule.pipe.text()});
  for (const AtlasEntry& game : grid.games) games.push_back({game.name, game.title});
  for (std::size_t r = 0; r < grid.rules.size(); ++r) {
    Json row = Json::array();
    for (const AtlasEntry& game : grid.games)
      row.push_back(facts_of(game.found.cells[r], game, reasons));
    cells.push_back(std::move(row));
  }
  Json said = Json::object();
  for (const char* key :
       {"m.solved",   "m.other",     "m.cycling",  "m.diverged",  "m.spent",       "t.silent",
        "t.attracts", "t.neutral",   "t.repels",   "c.beside",    "c.missed",      "c.unforetold",
        "c.rate",     "c.agree",     "c.open",     "none",        "cell.foretold", "cell.rate",
        "cell.until", "cell.sizes",  "cell.cycle", "cell.nosize", "see",           "js.rates",
        "js.steps",   "js.attracts", "js.all",     "js.kept",     "js.radius"})
    said[key] = words.text("atlas." + std::string(key));
  std::string text = Json{
      {"rules", std::move(rules)},
      {"games", std::move(games)},
      {"cells", std::move(cells)},
      {"reasons", reasons},
      {"words",
       std::move(said)}}.dump();
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at))
    text.replace(at, 1, "\\u003c");
  return "<script type=\"application/json\" id=\"facts\">" + text + "</script>\n";
}

std::string legend_item(const std::string& cls, const std::string& html) {
  return "<li><span class=\"k " + cls + "\"><i></i></span>" + html + "</li>";
}

std::string legend(const Words& words, char view, const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += item;
  const std::string note = "atlas." + std::string(1, view) + ".note";
  return tag("div", {{"class", std::string("legend l-") + view}},
             tag("ul", list) + (words.has(note) ? tag("p", words.html(note)) : ""));
}

std::string legends(Words& words) {
  std::vector<std::string> m, t, c, s, y;
  for (int i = 0; i < kEndings; ++i)
    m.push_back(legend_item("m" + std::to_string(i),
                            words.html("atlas.m." + std::string(key_of(static_cast<Ending>(i))))));
  for (const Theory theory :
       {Theory::kAttracts, Theory::kNeutral, Theory::kRepels, Theory::kSilent})
    t.push_back(legend_item("t" + std::to_string(static_cast<int>(theory)),
                            words.html("atlas.t." + std::string(to_string(theory)))));
  for (const Accord accord : {Accord::kAgree, Accord::kRate, Accord::kMissed, Accord::kUnforetold,
                              Accord::kBeside, Accord::kOpen})
    c.push_back(legend_item("c" + std::to_string(static_cast<int>(accord)),
                            words.html("atlas.c." + std::string(to_string(accord)))));
  for (std::size_t i = 0; i < std::size(kSpeeds); ++i) {
    words.set("calls", grouped(static_cast<std::uint64_t>(kSpeeds[i])));
    s.push_back(legend_item("s" + std::to_string(i), words.html("atlas.s.up")));
  }
  s.push_back(legend_item("s4", words.html("atlas.s.more")));
  s.push_back(legend_item("s9", words.html("atlas.s.none")));
  for (const auto& [letter, name] :
       {std::pair{"c", "caught"}, {"s", "some"}, {"f", "free"}, {"a", "away"}, {"n", "none"}})
    y.push_back(legend_item(std::string("y") + letter, words.html(std::string("atlas.y.") + name)));
  for (auto* items : {&m, &t, &c, &s, &y})
    items->push_back(legend_item("u", words.html("atlas.none")));
  return legend(words, 'm', m) + legend(words, 't', t) + legend(words, 'c', c) +
         legend(words, 's', s) + legend(words, 'y', y);
}

std::string views(const Words& words, bool cycles) {
  std::string buttons;
  for (const char view : {'m', 't', 'c', 's', 'y'}) {
    if (view == 'y' && !cycles) continue;
    const std::string name(1, view);
    buttons += "<label><input type=\"radio\" name=\"view\" value=\"" + name + "\" id=\"v-" + name +
               "\"" + (view == 'm' ? " checked" : "") + "><span>" +
               words.html("atlas.view." + name) + "</span></label>";
  }
  return tag("fieldset", {{"class", "views"}}, tag("legend", words.html("atlas.view")) + buttons);
}

std::string tools(const Words& words) {
  std::string orders;
  for (const char* order : {"name", "solved"})
    orders += tag("button", {{"type", "button"}, {"data-order", order}},
                  words.html(std::string("atlas.order.") + order));
  return "<div class=\"tools\" hidden><span>" + words.html("atlas.order") + "</span>" + orders +
         "<label>" + words.html("atlas.find") +
         " <input type=\"search\" id=\"find\" placeholder=\"" +
         escape(words.text("atlas.find.hint")) + "\"></label></div>\n";
}

}  // namespace

std::string grid_section(const AtlasGrid& grid, Words& words) {
  std::string head = tag("th", {{"class", "corner"}, {"scope", "col"}}, words.html("atlas.corner"));
  bool cycles = false;
  for (const AtlasEntry& game : grid.games) {
    cycles = cycles || !game.found.cycles.empty();
    const std::string name = "<span>" + escape(game.name) + "</span>";
    head += tag("th", {{"scope", "col"}, {"title", game.title}},
                grid.figures && game.figures
                    ? "<a href=\"games/" + game.slug + ".html\">" + name + "</a>"
                    : name);
  }
  std::string rows;
  for (std::size_t r = 0; r < grid.rules.size(); ++r) {
    std::string row = tag("th", {{"scope", "row"}, {"title", grid.rules[r].pipe.text()}},
                          escape(grid.rules[r].name));
    for (const AtlasEntry& game : grid.games) row += cell_html(grid, game, r);
    rows += tag("tr", row) + "\n";
  }
  const std::string table = tag("table", {{"id", "grid"}},
                                tag("thead", tag("tr", head)) + "\n" + tag("tbody", "\n" + rows));
  return tag("section", {{"class", "wide"}, {"id", "the-grid"}},
             "\n" + tag("h2", words.html("atlas.grid")) + "\n" +
                 tag("p", words.html(grid.figures ? "atlas.grid.lead" : "atlas.grid.plain")) +
                 "\n" + views(words, cycles) + "\n" + legends(words) + "\n" + tools(words) +
                 tag("div", {{"class", "frame"}, {"tabindex", "0"}}, table) + "\n" +
                 "<div id=\"told\" aria-live=\"polite\" hidden></div>\n" + data_of(grid, words)) +
         "\n";
}

}  // namespace gyre::report
