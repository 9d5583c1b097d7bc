#include "gyre/analysis/advise_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/analysis/finite.hpp"
#include "gyre/analysis/study_json.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

Json recommendation_json(const Advice& advice, const std::optional<Recommendation>& r) {
  if (!r) return {};
  Json endings = Json::object();
  for (std::size_t e = 0; e < kEndings; ++e)
    endings[std::string(to_string(static_cast<Ending>(e)))] = r->shown.endings[e];
  return {{"rule", r->rule.text()},
          {"point", advice.analysis.points[r->point].found.at},
          {"predicted_rate", finite(r->predicted)},
          {"measured_rate", finite(r->measured)},
          {"eta_limit", finite(r->eta_limit)},
          {"calls_a_step", finite(r->shown.work_a_step)},
          {"proof",
           {{"starts", r->shown.trials.size()},
            {"arrived", r->shown.arrived},
            {"calls_to_tolerance", finite(r->shown.calls_to.median)},
            {"endings", std::move(endings)}}}};
}

}  // namespace

std::string_view to_string(Objection objection) {
  constexpr std::string_view names[] = {"repelled", "diverges", "cycles",
                                        "strays",   "slow",     "undefined"};
  return names[static_cast<int>(objection)];
}

Json advice_json(const AdviceWords& words, const Advice& advice) {
  Json points = Json::array(), cycles = Json::array(), goals = Json::array();
  for (const PointAnalysis& p : advice.analysis.points)
    points.push_back({{"at", p.found.at},
                      {"class", p.smooth ? Json(class_name(p.report)) : Json()},
                      {"flow", p.smooth ? Json(to_string(p.report.flow)) : Json()},
                      {"payoff", p.payoff ? finite(*p.payoff) : Json()}});
  for (const Cycle& c : advice.analysis.cycles.cycles)
    cycles.push_back(
        {{"kind", to_string(c.kind)}, {"period", finite(c.period)}, {"around", c.around}});
  for (const std::size_t goal : advice.goals)
    goals.push_back(advice.analysis.points[goal].found.at);
  Json warnings = Json::array(), said = Json::array();
  for (const Warning& w : advice.warnings)
    warnings.push_back({{"rule", w.rule.text()},
                        {"objection", to_string(w.objection)},
                        {"share", w.share > 0.0 ? Json(w.share) : Json()},
                        {"reason", w.why.empty() ? Json() : Json(w.why)}});
  for (const AdviceSection& s : advice_sections(words, advice))
    said.push_back({{"heading", s.heading}, {"paragraphs", s.paragraphs}});
  return {{"game", game_spelling(words.game)},
          {"seed", words.search.seed},
          {"starts", words.starts},
          {"calls", words.calls},
          {"points", std::move(points)},
          {"cycles", std::move(cycles)},
          {"goals", std::move(goals)},
          {"equilibria", advice.equilibria},
          {"recommended", recommendation_json(advice, advice.best)},
          {"gradients_only", recommendation_json(advice, advice.plain)},
          {"warnings", std::move(warnings)},
          {"words", std::move(said)},
          {"interrupted", advice.cancelled}};
}

}  // namespace gyre
