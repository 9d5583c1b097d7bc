#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gyre/core/version.hpp"
#include "gyre/report/atlas_parts.hpp"
#include "gyre/report/format.hpp"

namespace gyre::report {

namespace {

std::string tile(const Words& words, const std::string& number, const char* key) {
  return tag("li", tag("b", escape(number)) + " " + tag("span", words.html(key)));
}

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "–";
  return fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string header(const Words& words, const AtlasSummary& sum) {
  const std::string tiles = tile(words, grouped(sum.cells), "atlas.tile.cells") +
                            tile(words, percent(sum.solved, sum.cells), "atlas.tile.solved") +
                            tile(words, percent(sum.agree, sum.compared), "atlas.tile.agree") +
                            tile(words, percent(sum.rates_agree, sum.rates), "atlas.tile.rates");
  return tag("header", tag("p", {{"class", "kicker"}}, words.html("atlas.kicker")) + "\n" +
                           tag("h1", words.html("atlas.title")) + "\n" +
                           tag("p", {{"class", "lead"}}, words.html("atlas.lead")) + "\n" +
                           tag("ul", {{"class", "tiles"}}, tiles)) +
         "\n";
}

std::string section(const Words& words, const char* key, const std::string& html) {
  return tag("section", "\n" + tag("h2", words.html(key)) + "\n" + html) + "\n";
}

std::string how_section(const AtlasGrid& grid, Words& words) {
  words.set("link", "atlas.json", tag("a", {{"href", "atlas.json"}}, "atlas.json"));
  std::string list;
  for (const char* key :
       {"atlas.how.starts", grid.options.tune ? "atlas.how.tuned" : "atlas.how.default",
        "atlas.how.points", "atlas.how.cycles", "atlas.how.data"})
    list += tag("li", words.html(key)) + "\n";
  return section(words, "atlas.how", tag("ul", "\n" + list));
}

std::string footer(const AtlasGrid& grid, const Words& words) {
  std::string rows;
  const auto row = [&](const char* key, const std::string& html) {
    rows += tag("dt", words.html(key)) + tag("dd", html) + "\n";
  };
  row("page.footer.version", escape(std::string("Gyre ") + kVersion));
  row("atlas.footer.seed", std::to_string(grid.options.seed));
  row("page.footer.arithmetic", words.html("atlas.footer.arithmetic"));
  row("page.footer.language", words.html("atlas.footer.other"));
  return tag("footer", tag("h2", words.html("page.footer.title")) + "\n" + tag("dl", rows)) + "\n";
}

}  // namespace

std::string atlas_page(const AtlasGrid& grid, Language language) {
  Words words(language);
  const AtlasSummary sum = summary_of(grid);
  words.set("rules", std::to_string(grid.rules.size()));
  words.set("games", std::to_string(grid.games.size()));
  words.set("starts", std::to_string(grid.options.starts));
  words.set("steps", grouped(grid.options.steps));
  words.set("calls", grouped(2 * grid.options.steps));
  words.set("undefined", grouped(sum.undefined));
  words.set("compared", grouped(sum.compared));
  words.set("agree", grouped(sum.agree));
  const std::string top = header(words, sum);
  const std::string how = how_section(grid, words);
  const char* rules = grid.options.tune ? "atlas.rules.tuned" : "atlas.rules.lead";
  std::string main = grid_section(grid, words);
  main +=
      section(words, "atlas.rules", tag("p", words.html(rules)) + "\n" + rules_table(grid, words));
  main += section(words, "atlas.games",
                  tag("p", words.html("atlas.games.lead")) + "\n" + games_table(grid, words));
  main += cycles_section(grid, words) + parting_section(grid, words) + how;
  return html_page(
      words, words.text("atlas.title"), words.text("atlas.description"),
      top + tag("main", {{"class", "plain"}}, "\n" + main) + "\n" + footer(grid, words),
      std::string(atlas_script()));
}

std::string atlas_numbers(const AtlasGrid& grid) {
  using Json = nlohmann::ordered_json;
  Json rules = Json::array(), games = Json::array();
  for (const AtlasRule& rule : grid.rules)
    rules.push_back({{"name", rule.name}, {"pipe", rule.pipe.text()}});
  for (const AtlasEntry& game : grid.games) games.push_back(atlas_json(game.found));
  const AtlasSummary sum = summary_of(grid);
  const Json all{{"gyre", kVersion},
                 {"seed", grid.options.seed},
                 {"starts", grid.options.starts},
                 {"steps", grid.options.steps},
                 {"tuned", grid.options.tune},
                 {"summary",
                  {{"cells", sum.cells},
                   {"undefined", sum.undefined},
                   {"solved", sum.solved},
                   {"compared", sum.compared},
                   {"agree", sum.agree},
                   {"rates", sum.rates},
                   {"rates_agree", sum.rates_agree},
                   {"on_cycles", sum.on_cycles},
                   {"off_cycles", sum.off_cycles}}},
                 {"rules", std::move(rules)},
                 {"games", std::move(games)}};
  return all.dump(1) + "\n";
}

}  // namespace gyre::report
