#include "gyre/report/format.hpp"
#include "gyre/report/parts.hpp"
#include "gyre/report/values.hpp"

namespace gyre::report {

namespace {

std::string start_of(const Orbit& orbit, int digits) {
  return escape(place(orbit.start[0], orbit.start[1], digits));
}

}  // namespace

std::string game_section(PageMaker& page) {
  return page.section("game", {page.say("game.rules"), page.say("game.saddle"),
                               page.figure("saddle", "01-saddle", "game.caption")});
}

std::string see_section(PageMaker& page) {
  return page.section("see",
                      {page.say("see.gradient"), page.figure("field", "02-field", "see.caption"),
                       page.say("see.rotation")});
}

std::string play_section(PageMaker& page) {
  const Words& words = page.words;
  const Orbit &random = page.found.random, &book = page.found.book;
  HtmlTable table{.head = {"", words.html("play.column.random"), words.html("play.column.book")},
                  .numeric = {false, true, true}};
  const auto row = [&](const char* key, auto&& cell) {
    table.rows.push_back({words.html(key), cell(random), cell(book)});
  };
  row("play.row.start", [](const Orbit& o) { return start_of(o, 6); });
  row("play.row.distance", [](const Orbit& o) {
    const std::vector<double> d = o.path.distances();
    return escape(shown(d.front(), 6) + " → " + shown(d.back(), 6));
  });
  row("play.row.fitted", [](const Orbit& o) { return escape(shown_fixed(o.fitted, 12)); });
  row("play.row.ends", [](const Orbit& o) { return escape(shown_fixed(o.end_to_end, 12)); });
  row("play.row.predicted", [](const Orbit& o) { return escape(shown_fixed(o.predicted, 12)); });
  row("play.row.turns", [](const Orbit& o) { return escape(shown_fixed(o.turns, 6)); });
  row("play.row.turns.predicted",
      [](const Orbit& o) { return escape(shown_fixed(o.turns_predicted, 6)); });
  row("play.row.error", [](const Orbit& o) { return escape(shown(o.recurrence_error, 2)); });
  row("play.row.verdict", [&](const Orbit& o) { return verdict_html(words, o.outcome, o.path); });

  const Trial& plain = trial_of(page.found.trials, "gda");
  return page.section(
      "play",
      {page.say("play.rule"), update_html(plain.symbols, plain.next), page.say("play.random"),
       page.figure("random", "03-random-start", "play.caption.random"), page.say("play.book"),
       page.figure("book", "04-book-start", "play.caption.book"), page.say("play.waves"),
       page.table("play.table", std::move(table))});
}

std::string path_section(PageMaker& page) {
  return page.section("path",
                      {page.say("path.spiral"), page.figure("path", "05-path", "path.caption"),
                       page.say("path.chase")});
}

std::string starts_section(PageMaker& page) {
  const Words& words = page.words;
  HtmlTable table{.numeric = {false, true, true, true, true, false}};
  for (const char* column : {"start", "first", "last", "growth", "predicted", "verdict"})
    table.head.push_back(words.html(std::string("starts.column.") + column));
  for (const Orbit& orbit : page.found.starts) {
    const std::vector<double> d = orbit.path.distances();
    table.rows.push_back({start_of(orbit, 4), escape(shown_fixed(d.front(), 4)),
                          escape(shown_fixed(d.back(), 4)), escape(shown_fixed(orbit.fitted, 10)),
                          escape(shown_fixed(orbit.predicted, 10)),
                          verdict_html(words, orbit.outcome, orbit.path)});
  }
  return page.section(
      "starts",
      {page.say("starts.some"), page.figure("starts", "06-other-starts", "starts.caption"),
       page.table("starts.table", std::move(table)), page.say("starts.crowd")});
}

std::string rates_section(PageMaker& page) {
  const Words& words = page.words;
  HtmlTable table{.head = {words.html("eta.head"), words.html("rates.column.predicted"),
                           words.html("rates.column.measured"), words.html("rates.column.late")},
                  .numeric = {true, true, true, true}};
  for (const Doubling& d : page.found.doublings) {
    const double late = static_cast<double>(d.measured) - d.predicted;
    table.rows.push_back({escape(shown(d.eta, 3)), escape(grouped_fixed(d.predicted, 3)),
                          escape(grouped(d.measured)), escape(shown_fixed(late, 3))});
  }
  return page.section(
      "rates", {page.say("rates.delay"), page.figure("rates", "07-smaller-steps", "rates.caption"),
                page.table("rates.table", std::move(table))});
}

}  // namespace gyre::report
