#include "gyre/expr/print.hpp"
#include "gyre/report/format.hpp"
#include "gyre/report/mathml.hpp"
#include "gyre/report/parts.hpp"
#include "gyre/report/values.hpp"

namespace gyre::report {

namespace {

std::string predicted_html(const Trial& trial) {
  return escape(trial.spectrum ? shown_fixed(trial.spectrum->radius, 8) : "–");
}

std::string distance_html(const Trial& trial) { return escape(shown(trial.outcome.distance, 2)); }

/// The derivative of a plain step, with its step size as a letter and as a number.
std::string update_map(const Why& why) {
  std::vector<std::vector<std::string>> letters(2), numbers(2);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      letters[i].push_back(to_mathml(why.update_map_formulas[2 * i + j]));
      numbers[i].push_back(mathml_number(why.update_map[i][j], 4));
    }
  }
  return math_display(mathml_matrix(letters) + mathml_operator("=") + mathml_matrix(numbers));
}

/// A step whose formulas are short enough to be read.
std::string short_update(const Trial& trial) {
  constexpr std::size_t kMostLines = 4, kMostCharacters = 64;
  if (trial.next.size() > kMostLines) return {};
  for (const Expr& e : trial.next)
    if (to_text(e).size() > kMostCharacters) return {};
  return update_html(trial.symbols, trial.next);
}

/// Whether one rule is best in both ways.
std::string best_key(const Words& words) {
  return words.value("best.step") == words.value("best.work") ? "rules.best.both" : "rules.best";
}

std::string shared_table(PageMaker& page) {
  const Words& words = page.words;
  HtmlTable table{.head = {words.html("why.shared.column.rule"),
                           words.html("why.shared.column.shared"),
                           words.html("why.shared.column.opposed")}};
  const auto cell = [&](const Trial& trial) {
    return verdict_html(words, trial.outcome, trial.path) + " " +
           tag("small", distance_html(trial));
  };
  for (const Trial& trial : page.found.shared.trials)
    table.rows.push_back({words.html(trial.key + ".name"), cell(trial),
                          cell(trial_of(page.found.trials, trial.key))});
  return page.table("why.shared.table", std::move(table));
}

}  // namespace

std::string why_section(PageMaker& page) {
  return page.section(
      "why",
      {page.heading("why.map"), page.say("why.matrix"), update_map(page.found.why),
       page.say("why.eigenvalues"), page.figure("circle", "08-eigenvalues", "why.caption.circle"),
       page.heading("why.turns"), page.say("why.kept"),
       page.figure("kept", "09-taking-turns", "why.caption.kept"), page.say("why.better"),
       page.heading("why.shared"), page.say("why.shared.text"), shared_table(page),
       page.say("why.shared.moral")});
}

std::string rules_section(PageMaker& page) {
  const Words& words = page.words;
  HtmlTable table{.numeric = {false, true, true, true, true, false, true, true}};
  for (const char* column :
       {"rule", "calls", "products", "predicted", "measured", "verdict", "steps", "distance"})
    table.head.push_back(words.html(std::string("rules.column.") + column));
  std::string cards;
  for (const Trial& trial : page.found.trials) {
    const std::string name = words.html(trial.key + ".name");
    table.rows.push_back({name, escape(shown(trial.calls_a_step, 3)),
                          escape(shown(trial.products_a_step, 3)), predicted_html(trial),
                          escape(shown_fixed(trial.measured, 8)),
                          verdict_html(words, trial.outcome, trial.path),
                          escape(grouped(trial.outcome.steps)), distance_html(trial)});
    cards += tag("li", tag("h4", name) + tag("p", tag("code", escape(trial.rule))) +
                           tag("p", words.html(trial.key + ".says")) + short_update(trial)) +
             "\n";
  }
  return page.section(
      "rules",
      {page.say("rules.intro"), page.figure("paths", "10-rules-paths", "rules.caption.paths"),
       page.say("rules.prediction"), page.table("rules.table", std::move(table)),
       page.say("rules.agree"), page.say(best_key(words)),
       page.figure("distances", "11-rules-distance", "rules.caption.distances"),
       page.say("rules.caution"), page.heading("rules.each"),
       tag("ul", {{"class", "cards"}}, cards)});
}

std::string gan_section(PageMaker& page) {
  const Words& words = page.words;
  HtmlTable table{.numeric = {false, true, true, false, true, true}};
  for (const char* column : {"variant", "predicted", "measured", "verdict", "steps", "distance"})
    table.head.push_back(words.html(std::string("gan.column.") + column));
  for (const GanTrial& gan : page.found.gan)
    table.rows.push_back({words.html(gan.key + ".name"), predicted_html(gan.trial),
                          escape(shown_fixed(gan.trial.measured, 8)),
                          verdict_html(words, gan.trial.outcome, gan.trial.path),
                          escape(grouped(gan.trial.outcome.steps)), distance_html(gan.trial)});
  return page.section(
      "gan", {page.say("gan.setup"), math_display(to_mathml(page.found.gan.at(0).game.payoff)),
              page.say("gan.source"), page.say("gan.rotation"),
              page.figure("gan", "12-smallest-gan", "gan.caption"),
              page.table("gan.table", std::move(table)), page.say("gan.real")});
}

}  // namespace gyre::report
