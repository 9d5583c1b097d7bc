#include "gyre/report/atlas_parts.hpp"

#include "gyre/report/parts.hpp"

namespace gyre::report {

std::string_view key_of(Ending ending) {
  constexpr std::string_view keys[] = {"solved", "other", "cycling", "diverged", "spent"};
  return keys[static_cast<int>(ending)];
}

Endings endings_of(const AtlasCell& cell, const AtlasEntry& game) {
  Endings all;
  const std::size_t at_equilibria = solved(cell, game.found.points);
  const std::size_t counts[kEndings] = {at_equilibria, cell.settled - at_equilibria, cell.cycling,
                                        cell.diverged + cell.not_finite, cell.spent};
  all.all = cell.starts();
  std::size_t most = 0, most_else = 0;
  for (int i = 0; i < kEndings; ++i) {
    all.count[i] = counts[i];
    if (counts[i] > most) most = counts[i], all.most = static_cast<Ending>(i);
    if (i > 0 && counts[i] > most_else)
      most_else = counts[i], all.most_else = static_cast<Ending>(i);
  }
  return all;
}

std::string part_of(Words& words, std::size_t part, std::size_t whole) {
  words.set("part", std::to_string(part));
  words.set("whole", std::to_string(whole));
  return words.text("atlas.of");
}

std::string endings_text(Words& words, const Endings& endings) {
  std::string text;
  for (int i = 0; i < kEndings; ++i) {
    if (endings.count[i] == 0) continue;
    words.set("count", std::to_string(endings.count[i]));
    words.set("what", words.text("atlas.m." + std::string(key_of(static_cast<Ending>(i)))));
    if (!text.empty()) text += words.language() == Language::kChinese ? "，" : ", ";
    text += words.text("atlas.cell.count");
  }
  return text;
}

std::string html_page(const Words& words, const std::string& title, const std::string& description,
                      const std::string& body, const std::string& script) {
  const bool chinese = words.language() == Language::kChinese;
  std::string head =
      "<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"description\" content=\"" +
      escape(description) + "\">\n" + tag("title", escape(title) + " · Gyre") + "\n" +
      tag("style", std::string(style_sheet()) + std::string(atlas_style()));
  std::string inside = "\n" + body;
  if (!script.empty()) inside += tag("script", script) + "\n";
  return "<!DOCTYPE html>\n" +
         tag("html", {{"lang", chinese ? "zh-Hans" : "en"}},
             "\n" + tag("head", "\n" + head + "\n") + "\n" + tag("body", inside)) +
         "\n";
}

std::string cell_link(const AtlasGrid& grid, const AtlasEntry& game, std::size_t rule,
                      const std::string& html) {
  if (!grid.figures || !game.figures) return html;
  return tag("a", {{"href", "games/" + game.slug + ".html#" + grid.slugs[rule]}}, html);
}

}  // namespace gyre::report
