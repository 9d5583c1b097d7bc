#include "gyre/analysis/advise_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/analysis/analyze_json.hpp"
#include "gyre/analysis/study_json.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(); }

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
  AnalysisWords look{.game = words.game, .rules = words.rules, .search = words.search};
  Json found = analysis_json(look, advice.analysis);
  for (Json& point : found["points"]) point.erase("rules");  // `gyre analyze` tells them
  Json goals = Json::array(), warnings = Json::array(), said = Json::array();
  for (const std::size_t goal : advice.goals)
    goals.push_back(advice.analysis.points[goal].found.at);
  for (const Warning& w : advice.warnings)
    warnings.push_back({{"rule", w.rule.text()},
                        {"objection", to_string(w.objection)},
                        {"share", w.share > 0.0 ? Json(w.share) : Json()},
                        {"reason", w.why.empty() ? Json() : Json(w.why)}});
  for (const AdviceSection& s : advice_sections(words, advice))
    said.push_back({{"heading", s.heading}, {"paragraphs", s.paragraphs}});
  return {{"game", found["game"]},
          {"seed", words.search.seed},
          {"starts", words.starts},
          {"calls", words.calls},
          {"box", found["box"]},
          {"points", found["points"]},
          {"cycles", found["cycles"]},
          {"goals", std::move(goals)},
          {"recommended", recommendation_json(advice, advice.best)},
          {"gradients_only", recommendation_json(advice, advice.plain)},
          {"warnings", std::move(warnings)},
          {"words", std::move(said)},
          {"interrupted", advice.cancelled}};
}

}  // namespace gyre
