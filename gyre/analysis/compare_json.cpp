#include "gyre/analysis/compare_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/analysis/finite.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/analysis/work.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

Json quartiles_json(const Quartiles& q) {
  return {{"low", finite(q.low)}, {"median", finite(q.median)}, {"high", finite(q.high)}};
}

Json contender_json(const Contender& c, std::size_t rank, bool times) {
  Json endings = Json::object();
  for (std::size_t e = 0; e < kEndings; ++e)
    endings[std::string(to_string(static_cast<Ending>(e)))] = c.endings[e];
  Json json{{"rank", rank},
            {"rule", c.rule.text()},
            {"endings", std::move(endings)},
            {"calls_to_tolerance", quartiles_json(c.calls_to)},
            {"distance", quartiles_json(c.distance)},
            {"residual", quartiles_json(c.residual)},
            {"gap", quartiles_json(c.gap)},
            {"calls_a_step", c.work_a_step},
            {"tuning", nullptr}};
  if (c.tuning)
    json["tuning"] = {{"by", to_string(c.tuning->by)},
                      {"radius", finite(c.tuning->radius.value_or(kUnknown))},
                      {"runs", c.tuning->runs},
                      {"calls", c.tuning->calls}};
  if (times)
    json["seconds"] = {{"a_step", finite(c.seconds_a_step)},
                       {"to_tolerance", quartiles_json(c.seconds_to())}};
  return json;
}

}  // namespace

std::string_view to_string(Tuning::By by) {
  constexpr std::string_view names[] = {"nothing", "spectrum", "outcome"};
  return names[static_cast<int>(by)];
}

Json comparison_json(const Comparison& comparison, const ComparisonResult& result, bool times) {
  Json points = Json::array(), ranking = Json::array(), left_out = Json::array();
  for (const Target& t : result.targets.points())
    points.push_back({{"at", t.at}, {"class", to_string(t.kind)}, {"solution", t.is_solution()}});
  for (const Contender& c : result.ranking)
    ranking.push_back(contender_json(c, ranking.size() + 1, times));
  for (const LeftOut& rule : result.left_out)
    left_out.push_back({{"rule", rule.rule.text()}, {"reason", rule.why}});
  return {
      {"game", game_spelling(comparison.game)},
      {"seed", comparison.seed},
      {"starts", comparison.starts.size()},
      {"tuning_starts", comparison.tuning_starts.size()},
      {"calls", comparison.calls},
      {"tolerance", comparison.tolerance},
      {"charged", {{"product", kCallsAProduct}, {"solve", work_a_solve(comparison.game.dim())}}},
      {"measured_by", result.targets.by_distance() ? "distance" : "residual"},
      {"points", std::move(points)},
      {"ranking", std::move(ranking)},
      {"left_out", std::move(left_out)},
      {"interrupted", result.cancelled}};
}

}  // namespace gyre
