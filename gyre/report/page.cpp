#include "gyre/report/page.hpp"

#include "gyre/core/version.hpp"
#include "gyre/report/format.hpp"
#include "gyre/report/parts.hpp"

namespace gyre::report {

namespace {

std::string tile(const Words& words, const std::string& number, std::string_view key) {
  return tag("li", tag("b", number) + " " + tag("span", words.html(key)));
}

std::string header(PageMaker& page) {
  const Words& words = page.words;
  const Findings& found = page.found;
  std::string tiles = tile(words, escape(shown_fixed(found.book.fitted, 10)), "page.tile.growth");
  tiles += tile(words, escape(grouped(found.doublings.back().measured)), "page.tile.doubling");
  tiles += tile(words, words.html("page.of"), "page.tile.settled");
  return tag("header", tag("p", {{"class", "kicker"}}, words.html("page.kicker")) + "\n" +
                           tag("h1", words.html("page.title")) + "\n" +
                           tag("p", {{"class", "lead"}}, words.html("page.lead")) + "\n" +
                           tag("p", words.html("page.made")) + "\n" +
                           tag("ul", {{"class", "tiles"}}, tiles)) +
         "\n";
}

std::string keep_section(PageMaker& page) {
  const Words& words = page.words;
  std::string kept;
  for (const char* key : {"keep.1", "keep.2", "keep.3", "keep.4"})
    kept += tag("li", words.html(key)) + "\n";
  const std::string& game = page.found.game.text;
  const std::pair<std::string, const char*> commands[] = {
      {"gyre run '" + game + "'", "keep.run"},
      {"gyre run '" + game + "' --rule extragradient", "keep.helped"},
      {"gyre rules", "keep.rules"},
      {"gyre games", "keep.games"}};
  std::string lines;
  for (const auto& [command, key] : commands)
    lines += tag("dt", tag("code", escape(command))) + tag("dd", words.html(key)) + "\n";
  return page.section("keep", {tag("ul", kept), "\n", page.heading("keep.try"),
                               tag("dl", {{"class", "commands"}}, lines)});
}

std::string footer(const PageMaker& page, const Making& making) {
  const Words& words = page.words;
  std::string rows;
  const auto row = [&](const char* key, const std::string& html) {
    rows += tag("dt", words.html(key)) + tag("dd", html) + "\n";
  };
  row("page.footer.command", tag("code", escape(making.command)));
  row("page.footer.version", escape(std::string("Gyre ") + kVersion + ", " + making.compiler +
                                    ", gnuplot " + making.gnuplot));
  row("page.footer.seed", escape(std::to_string(page.found.seed)));
  row("page.footer.when", escape(making.made));
  row("page.footer.machine", escape(making.machine));
  row("page.footer.time", words.html("page.footer.seconds"));
  row("page.footer.arithmetic", words.html("page.footer.precision"));
  row("page.footer.numbers", tag("a", {{"href", "numbers.json"}}, "numbers.json"));
  row("page.footer.language", words.html("page.footer.other"));
  return tag("footer", tag("h2", words.html("page.footer.title")) + "\n" + tag("dl", rows)) + "\n";
}

}  // namespace

std::string tour_page(const Findings& found, Words words,
                      const std::map<std::string, std::string>& svgs, const Making& making) {
  words.set("seconds.draw", shown_fixed(making.draw_seconds, 1));
  PageMaker page(found, words, svgs);
  std::string body;
  for (const auto section : {game_section, see_section, play_section, path_section, starts_section,
                             rates_section, why_section, rules_section, gan_section, keep_section})
    body += section(page);
  const bool chinese = words.language() == Language::kChinese;
  const std::string head =
      "<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"description\" content=\"" +
      escape(words.text("page.description")) + "\">\n" +
      tag("title", words.html("page.title") + " · Gyre") + "\n" + tag("style", style_sheet());
  return "<!DOCTYPE html>\n" +
         tag("html", {{"lang", chinese ? "zh-Hans" : "en"}},
             "\n" + tag("head", "\n" + head + "\n") + "\n" +
                 tag("body", "\n" + header(page) + page.contents() + tag("main", "\n" + body) +
                                 "\n" + footer(page, making))) +
         "\n";
}

}  // namespace gyre::report
