#include "gyre/analysis/study_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/analysis/explain.hpp"
#include "gyre/analysis/finite.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json study_json(const Study& study, const StudyResult& result) {
  Json runs = Json::array();
  for (const StudyRun& run : result.runs) {
    const Outcome& o = run.outcome;
    runs.push_back({
        {"rule", study.rules[run.rule].text()},
        {"start", finite(study.starts[run.start])},
        {"outcome", to_string(o.verdict)},
        {"rate", finite(o.rate)},
        {"predicted_rate", finite(run.predicted_rate.value_or(kUnknown))},
        {"engine", result.engines[run.rule]},
        {"steps", o.steps},
        {"field_calls", finite(o.calls)},
        {"final", finite(o.last)},
        {"reason", explain(o)},
    });
  }
  return {{"game", game_spelling(study.game)}, {"seed", study.seed}, {"runs", std::move(runs)}};
}

std::string game_spelling(const Game& game) {
  if (game.name.empty()) return game.text;
  std::vector<std::string> set;
  for (const Parameter& p : game.parameters)
    if (p.value != p.initial) set.push_back(p.name + "=" + number(p.value));
  return set.empty() ? game.name : game.name + "(" + join(set, ", ") + ")";
}

}  // namespace gyre
