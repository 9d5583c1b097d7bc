#include "gyre/analysis/analyze_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/analysis/finite.hpp"
#include "gyre/analysis/study_json.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

Json words_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json complex(const std::vector<std::complex<double>>& values) {
  Json all = Json::array();
  for (const auto& e : values) all.push_back({finite(e.real()), finite(e.imag())});
  return all;
}

/// `{"x": [-1.5, 1.5], ...}`.
Json box_json(const Game& game, const Box& box) {
  Json sides = Json::object();
  for (std::size_t i = 0; i < box.size(); ++i)
    sides[game.coordinates[i].name] = {finite(box[i][0]), finite(box[i][1])};
  return sides;
}

Json extreme_json(const Extreme& extreme) {
  return {{"value", finite(extreme.value)}, {"at", finite(extreme.at)}};
}

Json gap_json(const Gap& gap) {
  return {{"value", finite(gap.value)},
          {"gains", finite(gap.gains)},
          {"exact", gap.exact},
          {"words", gap.about}};
}

Json field_json(const FieldConstants& field) {
  return {{"lipschitz", extreme_json(field.lipschitz)},
          {"monotonicity", extreme_json(field.monotonicity)}};
}

Json weak_minty_json(const Extreme& rho, const std::optional<FieldConstants>& field) {
  Json all = extreme_json(rho);
  all["enough"] = field ? Json(is_enough(rho, *field)) : Json();
  return all;
}

Json rule_json(const std::string& rule, const RuleAtPoint& r) {
  const StepSizes s = r.sizes.value_or(StepSizes{});
  return {{"rule", rule},
          {"radius", finite(s.radius)},
          {"predicted_steps", finite(s.steps)},
          {"step_size", words_or_null(s.knob)},
          {"eta", finite(s.eta)},
          {"eta_from", finite(s.eta_from)},
          {"eta_limit", finite(s.eta_limit)},
          {"unlimited", std::isinf(s.eta_limit)},
          {"eta_best", finite(s.eta_best)},
          {"radius_best", finite(s.radius_best)},
          {"neutral_directions", s.neutral},
          {"measured_rate", finite(r.measured.rate)},
          {"reason", words_or_null(r.sizes ? r.measured.why : r.why)}};
}

Json refused_json(const std::string& rule, const std::string& why) {
  RuleAtPoint nothing;
  nothing.why = why;
  return rule_json(rule, nothing);
}

Json point_json(const AnalysisWords& words, const Analysis& analysis, const PointAnalysis& p) {
  Json rules = Json::array();
  std::size_t next = 0;
  for (std::size_t rule = 0; rule < words.rules.size(); ++rule) {
    const std::string text = words.rules[rule].text();
    if (next < p.rules.size() && p.rules[next].rule == rule)
      rules.push_back(rule_json(text, p.rules[next++]));
    else if (!analysis.refused[rule].empty())
      rules.push_back(refused_json(text, analysis.refused[rule]));
  }
  Json continuum;
  if (p.found.dimension > 0)
    continuum = {{"dimension", p.found.dimension},
                 {"along", p.found.along},
                 {"found_within", box_json(words.game, p.found.reach)},
                 {"flow_across", p.smooth ? Json(to_string(p.across)) : Json()}};
  return {{"at", finite(p.found.at)},
          {"residual", finite(p.found.residual)},
          {"payoff", p.payoff ? finite(*p.payoff) : Json()},
          {"losses", finite(p.losses)},
          {"class", p.smooth ? Json(class_name(p.report)) : Json()},
          {"flow", p.smooth ? Json(to_string(p.report.flow)) : Json()},
          {"held_by_domain", p.held},
          {"eigenvalues", complex(p.report.eigenvalues)},
          {"eigenvalues_complete", p.whole_spectrum},
          {"rotation", finite(p.rotation)},
          {"gap", p.gap ? gap_json(*p.gap) : Json()},
          {"weak_minty", p.weak_minty ? weak_minty_json(*p.weak_minty, analysis.field) : Json()},
          {"continuum", std::move(continuum)},
          {"reached_from", p.found.hits},
          {"rules", std::move(rules)}};
}

Json cycles_json(const Game& game, const Analysis& analysis) {
  Json all = Json::array();
  for (const Cycle& c : analysis.cycles.cycles)
    all.push_back({{"kind", to_string(c.kind)},
                   {"period", finite(c.period)},
                   {"at", finite(c.at)},
                   {"extent", box_json(game, c.extent)},
                   {"around", finite(c.around)},
                   {"nearest", finite(c.nearest)},
                   {"farthest", finite(c.farthest)},
                   {"multipliers", complex(c.multipliers)}});
  return all;
}

Json centres_json(const Analysis& analysis) {
  Json all = Json::array();
  for (const ClosedOrbits& c : analysis.cycles.centres)
    all.push_back({{"around", finite(c.around)},
                   {"from", finite(c.from)},
                   {"to", finite(c.to)},
                   {"to_the_edge", c.to_the_edge},
                   {"periods", {finite(c.periods[0]), finite(c.periods[1])}}});
  return all;
}

}  // namespace

nlohmann::ordered_json analysis_json(const AnalysisWords& words, const Analysis& analysis) {
  const SearchResult& s = analysis.search;
  Json points = Json::array();
  for (const PointAnalysis& p : analysis.points) points.push_back(point_json(words, analysis, p));
  return {{"game", game_spelling(words.game)},
          {"seed", words.search.seed},
          {"box", box_json(words.game, s.box)},
          {"search",
           {{"starts", s.starts},
            {"arrived", s.arrived},
            {"confidence", finite(s.confidence)},
            {"words", confidence_words(s)},
            {"outside", s.outside}}},
          {"points", std::move(points)},
          {"field", analysis.field ? field_json(*analysis.field) : Json()},
          {"field_has_cases", analysis.has_cases},
          {"field_words", words_or_null(analysis.field_why)},
          {"gap_words", words_or_null(analysis.gap_why)},
          {"cycles", cycles_json(words.game, analysis)},
          {"closed_orbits", centres_json(analysis)},
          {"cycles_searched", analysis.cycles_known},
          {"cycles_words", words_or_null(analysis.cycles.confidence)},
          {"interrupted", analysis.cancelled}};
}

}  // namespace gyre
