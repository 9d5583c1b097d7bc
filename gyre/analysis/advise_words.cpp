#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gyre/analysis/advise.hpp"
#include "gyre/analysis/constants.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr std::size_t kMostPoints = 8, kMostCoordinates = 6;
constexpr double kDust = 1e-9;  // nothing but roundings

std::string place(std::span<const double> at) {
  std::string text;
  for (std::size_t i = 0; i < at.size() && i < kMostCoordinates; ++i)
    text += (i ? ", " : "") + rounded(std::abs(at[i]) < kDust ? 0.0 : at[i], 6);
  return "(" + text + (at.size() > kMostCoordinates ? ", ...)" : ")");
}

std::string percent(double share) { return rounded(100.0 * share, 3) + " %"; }

const char* kind_words(const PointReport& report) {
  switch (report.kind) {
    case PointClass::kNash:
      return "a local Nash point: whoever moves a little alone pays for it";
    case PointClass::kDegenerateNash:
      return "a degenerate Nash point: nobody gains by moving a little alone, but somebody loses "
             "nothing by it either";
    case PointClass::kMinimax:
      return "a local minimax point and no Nash point: it is where a first mover ends up whose "
             "opponent answers as well as it can";
    case PointClass::kNone:
      break;
  }
  return report.flow == Flow::kAttracting
             ? "no equilibrium, as somebody gains by moving alone; and yet small gradient steps "
               "settle there"
             : "no equilibrium: somebody gains by moving alone";
}

const char* flow_words(Flow flow) {
  switch (flow) {
    case Flow::kAttracting:
      return "small gradient steps come to it";
    case Flow::kRepelling:
      return "small gradient steps run away from it";
    case Flow::kCentre:
      return "small gradient steps circle it";
    case Flow::kSaddle:
      return "small gradient steps pass it by";
    case Flow::kMarginal:
      return "to first order, small gradient steps neither come to it nor leave it in some "
             "direction";
  }
  return "";
}

std::string point_sentence(const PointAnalysis& p) {
  if (!p.smooth) return place(p.found.at) + ": the losses have a kink here.";
  std::string text = place(p.found.at);
  if (p.found.dimension == 1) text += ", one of a line of critical points";
  if (p.found.dimension > 1)
    text += fmt::format(", one of many critical points in {} directions", p.found.dimension);
  text += fmt::format(": {}", kind_words(p.report));
  const bool said = p.report.kind == PointClass::kNone && p.report.flow == Flow::kAttracting;
  if (!p.report.eigenvalues.empty() && !said)
    text += fmt::format("; {}", flow_words(p.report.flow));
  if (p.payoff && std::isfinite(*p.payoff))
    text += fmt::format(". The payoff there is {}",
                        rounded(std::abs(*p.payoff) < kDust ? 0.0 : *p.payoff, 6));
  return text + ".";
}

/// Where points were looked for, if that is short enough to say.
std::string box_words(const Game& game, const Box& box) {
  constexpr std::size_t kMostSides = 4;
  if (box.empty() || box.size() > kMostSides) return {};
  std::vector<std::string> sides;
  for (std::size_t i = 0; i < box.size(); ++i)
    sides.push_back(fmt::format("{} from {} to {}", game.coordinates[i].name, rounded(box[i][0], 4),
                                rounded(box[i][1], 4)));
  return "Looked for in the box of " + join(sides, ", ") + ". ";
}

AdviceSection where(const AdviceWords& words, const Advice& advice) {
  AdviceSection section{"Where it can rest", {}};
  const auto& points = advice.analysis.points;
  const auto equilibria = std::ranges::count_if(points, [](const PointAnalysis& p) {
    return p.smooth && p.report.kind != PointClass::kNone;
  });
  if (points.empty())
    section.paragraphs.push_back(
        "No critical point was found in the box: as far as one can tell, somebody wants to move "
        "wherever the players stand, and no rule can settle. A wider --box may show more; places "
        "where a loss has a kink are not looked for.");
  else if (equilibria == 0)
    section.paragraphs.push_back(
        "None of the critical points in the box is an equilibrium, not even a local one. A rule "
        "that settles has not solved this game.");
  std::vector<const PointAnalysis*> ordered;  // what is worth arriving at comes first
  for (const std::size_t goal : advice.goals) ordered.push_back(&points[goal]);
  for (const PointAnalysis& p : points)
    if (std::ranges::find(ordered, &p) == ordered.end()) ordered.push_back(&p);
  for (std::size_t i = 0; i < std::min(ordered.size(), kMostPoints); ++i)
    if (std::string said = point_sentence(*ordered[i]);
        std::ranges::count(section.paragraphs, said) == 0)
      section.paragraphs.push_back(std::move(said));
  if (ordered.size() > kMostPoints)
    section.paragraphs.push_back(
        fmt::format("... and {} more; 'gyre analyze' lists them.", ordered.size() - kMostPoints));
  for (const Cycle& c : advice.analysis.cycles.cycles)
    if (c.kind == CycleKind::kAttracting)
      section.paragraphs.push_back(fmt::format(
          "There is a trap: the gradient flow is drawn to a cycle of period {} around {}, at a "
          "distance of {} to {}. Rules that only follow the gradients in small steps are caught "
          "there.",
          rounded(c.period, 4), place(c.around), rounded(c.nearest, 3), rounded(c.farthest, 3)));
  section.paragraphs.push_back(box_words(words.game, advice.analysis.search.box) +
                               confidence_words(advice.analysis.search));
  return section;
}

AdviceSection turning(const AdviceWords& words, const Advice& advice) {
  AdviceSection section{"How strongly it turns", {}};
  for (const std::size_t goal : advice.goals) {
    if (section.paragraphs.size() == 3) break;
    const PointAnalysis& p = advice.analysis.points[goal];
    if (p.report.eigenvalues.empty()) {
      section.paragraphs.push_back("At " + place(p.found.at) +
                                   " every player is held by its walls; nothing turns.");
      continue;
    }
    const Rotation rotation = rotation_at(words.game, p.found.at);
    // The eigenvalue that turns most decides.
    std::complex<double> top = p.report.eigenvalues.front();
    for (const auto& e : p.report.eigenvalues)
      if (std::abs(e.imag()) > std::abs(top.imag())) top = e;
    std::string text = fmt::format("At {}, {} of the game's Jacobian turns instead of pulling: ",
                                   place(p.found.at), percent(rotation.share));
    if (is_flat(p)) {
      text = fmt::format("At {} all slopes of the field are zero: spectra say nothing there.",
                         place(p.found.at));
    } else if (std::abs(top.imag()) <= 1e-9 * std::abs(top)) {
      text += "no eigenvalue has an imaginary part, so nothing circles here.";
    } else {
      const double turn = 2.0 * std::numbers::pi / std::abs(top.imag());
      const double factor = std::exp(-top.real() * turn);
      text += fmt::format("along the flow one turn takes a time of {}, in which the distance ",
                          rounded(turn, 3));
      if (std::abs(top.real()) <= 1e-9 * std::abs(top))
        text +=
            "stays the same: plain gradient steps, which leave every circle on its outside, "
            "must spiral out, however small they are.";
      else if (top.real() > 0.0)
        text += fmt::format(
            "shrinks to {}. Plain gradient steps keep up with that only for step sizes below {}.",
            percent(factor), rounded(2.0 * top.real() / std::norm(top), 4));
      else
        text += fmt::format("grows to {} times as much.", rounded(factor, 4));
    }
    section.paragraphs.push_back(text);
  }
  return section;
}

/// The steps for a millionth of the distance.
std::string steps_words(double rate) {
  return fmt::format("{:.0f}", std::ceil(std::log(1e-6) / std::log(rate)));
}

/// The stages by name, and what each does.
std::string why_words(const Recommendation& r) {
  std::string text;
  for (const StageSpec& s : r.rule.stages)
    text += fmt::format("{}{}: {}", text.empty() ? "" : " ", s.facts().facts.name,
                        s.facts().facts.does);
  return text;
}

/// What can be typed to see it.
std::string command(const Game& game, const Pipe& rule) {
  std::string settings;
  if (game.name.empty())  // a built-in game's spelling has its parameters in it
    for (const Parameter& p : game.parameters)
      if (p.value != p.initial) settings += fmt::format(" --set {}={}", p.name, number(p.value));
  return fmt::format("gyre run '{}'{} --rule '{}'", game_spelling(game), settings, rule.text());
}

std::vector<std::string> recommendation(const AdviceWords& words, const Advice& advice,
                                        const Recommendation& r) {
  const PointAnalysis& point = advice.analysis.points[r.point];
  std::vector<std::string> said{r.rule.text(), why_words(r)};
  std::string expect;
  if (std::isnan(r.predicted))
    expect = "Its map has no slope at " + place(point.found.at) +
             " that a spectrum could be taken of, so no rate can be predicted.";
  else if (r.predicted < 1e-3)
    expect = fmt::format("Near {} a step or a few should land on it but for roundings.",
                         place(point.found.at));
  else if (r.predicted >= 1.0)
    expect =
        fmt::format("To first order it does not come nearer at {}: the predicted factor is {}.",
                    place(point.found.at), rounded(r.predicted, 6));
  else
    expect = fmt::format(
        "Expect the distance to {} to shrink to {} of itself a step, so about {} steps for a "
        "millionth of it.",
        place(point.found.at), percent(r.predicted), steps_words(r.predicted));
  if (r.predicted < 1.0 && r.eta_limit > 0.0 && std::isfinite(r.eta_limit))
    expect += fmt::format(" Keep the step size below {}: from there on it comes no nearer.",
                          rounded(r.eta_limit, 5));
  said.push_back(expect);

  const std::size_t runs = r.shown.trials.size();
  std::string proof = fmt::format("Tried from {} new starts: {} arrived", runs, r.shown.arrived);
  if (r.shown.arrived > 0)
    proof += fmt::format(", after work worth {} field calls (median, to a distance of 1e-6)",
                         rounded(std::round(r.shown.calls_to.median), 6));
  if (!std::isnan(r.measured)) {
    proof += fmt::format(". The measured factor is {}", rounded(r.measured, 6));
    if (!std::isnan(r.predicted))
      proof += fmt::format(" against {} predicted", rounded(r.predicted, 6));
  }
  said.push_back(proof + ".");
  const std::pair<Ending, const char*> others[] = {{Ending::kElsewhere, "stood still elsewhere"},
                                                   {Ending::kCycling, "ended on cycles"},
                                                   {Ending::kDiverged, "ran away"},
                                                   {Ending::kSpent, "were not there in time"}};
  std::string rest;
  for (const auto& [ending, text] : others) {
    if (ending == Ending::kElsewhere && !advice.equilibria) continue;
    if (const auto n = r.shown.endings[static_cast<std::size_t>(ending)]; n > 0)
      rest += fmt::format("{}{} {}", rest.empty() ? "" : ", ", n, text);
  }
  if (!rest.empty()) said.push_back("Of the runs, " + rest + ".");
  if (2 * r.shown.arrived < runs)
    said.emplace_back(
        "That is less than half of them: no rule that was tried does well from everywhere here.");
  said.push_back(command(words.game, r.rule));
  return said;
}

/// The rules without their step sizes, which make no difference.
std::string names_of(const std::vector<const Warning*>& warnings) {
  std::vector<std::string> names;
  for (const Warning* w : warnings) names.push_back(brief(w->rule));
  return join(names, "; ");
}

std::vector<std::string> objections(const Advice& advice) {
  std::vector<std::string> said;
  std::vector<const Warning*> repelled;
  for (const Warning& w : advice.warnings)
    if (w.objection == Objection::kRepelled) repelled.push_back(&w);
  if (!repelled.empty())
    said.push_back(fmt::format(
        "{}: there is no step size with which {} nearer. Smaller steps only delay that.",
        names_of(repelled), repelled.size() == 1 ? "it comes" : "these come"));
  for (const Warning& w : advice.warnings) {
    const std::string rule = w.rule.text(), share = percent(w.share);
    if (w.objection == Objection::kRunsAway)
      said.push_back(fmt::format("{}: {} of the runs ran away.", rule, share));
    if (w.objection == Objection::kCircles)
      said.push_back(fmt::format("{}: {} of the runs circle for ever.", rule, share));
    if (w.objection == Objection::kStrays)
      said.push_back(
          fmt::format("{}: {} of the runs stand still where no equilibrium is.", rule, share));
    if (w.objection == Objection::kTooSlow)
      said.push_back(
          fmt::format("{}: {} of the runs were not there when the work was used up.", rule, share));
    if (w.objection == Objection::kUndefined)
      said.push_back(fmt::format("{}: not defined here; {}.", brief(w.rule), w.why));
  }
  return said;
}

}  // namespace

std::vector<AdviceSection> advice_sections(const AdviceWords& words, const Advice& advice) {
  std::vector<AdviceSection> sections{where(words, advice)};
  if (!advice.goals.empty()) sections.push_back(turning(words, advice));
  AdviceSection use{advice.equilibria ? "What to use" : "What settles, for what that is worth here",
                    {}};
  if (advice.best)
    use.paragraphs = recommendation(words, advice, *advice.best);
  else if (advice.cancelled)
    use.paragraphs.push_back("Interrupted before a rule could be chosen.");
  else if (!advice.goals.empty())
    use.paragraphs.push_back(
        "None of the rules tried came to the goal from any start within the budget; --calls N "
        "gives them more.");
  if (!use.paragraphs.empty()) sections.push_back(std::move(use));
  if (advice.plain)
    sections.push_back({"If only gradients can be had, as with networks",
                        recommendation(words, advice, *advice.plain)});
  AdviceSection avoid{"What not to use, and why", objections(advice)};
  if (!avoid.paragraphs.empty()) sections.push_back(std::move(avoid));
  if (!advice.trial.empty())
    sections.push_back(
        {"What this rests on",
         {fmt::format("{} tuned and tried from {} starts, each run with work worth {} field calls; "
                      "what is recommended was then tried from {} others. Far from the starts, or "
                      "with other parameters of the game, things may differ.",
                      advice.trial.size() == 1
                          ? "One rule was"
                          : fmt::format("{} of {} rules, those that promised most, were",
                                        advice.trial.size(), words.rules.size()),
                      words.starts, rounded(words.calls, 6), words.starts)}});
  return sections;
}

}  // namespace gyre
