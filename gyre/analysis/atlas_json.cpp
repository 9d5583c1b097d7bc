#include "gyre/analysis/atlas_json.hpp"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "gyre/analysis/finite.hpp"
#include "gyre/core/error.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

double number_or_unknown(const Json& json) {
  return json.is_null() ? kUnknown : json.get<double>();
}

/// The enumerator that goes by this name.
template <class E>
E named(const std::string& name, int count) {
  for (int i = 0; i < count; ++i)
    if (to_string(static_cast<E>(i)) == name) return static_cast<E>(i);
  throw Error("there is no " + name);
}

Json of(const AtPoint& at) {
  return {{"predicted", to_string(at.theory)},
          {"radius", finite(at.radius)},
          {"eta_from", finite(at.eta_from)},
          {"eta_limit", finite(at.eta_limit)},
          {"eta_best", finite(at.eta_best)},
          {"radius_best", finite(at.radius_best)},
          {"beside", to_string(at.beside)},
          {"rate", finite(at.rate)},
          {"arrived", at.arrived}};
}

AtPoint at_point(const Json& json) {
  AtPoint at{.theory = named<Theory>(json.at("predicted"), 4),
             .radius = number_or_unknown(json.at("radius")),
             .eta_from = number_or_unknown(json.at("eta_from")),
             .eta_limit = number_or_unknown(json.at("eta_limit")),
             .eta_best = number_or_unknown(json.at("eta_best")),
             .radius_best = number_or_unknown(json.at("radius_best")),
             .beside = named<Beside>(json.at("beside"), 3),
             .rate = number_or_unknown(json.at("rate")),
             .arrived = json.at("arrived")};
  if (!std::isnan(at.eta_from) && std::isnan(at.eta_limit))
    at.eta_limit = std::numeric_limits<double>::infinity();
  return at;
}

Json of(const AtlasCell& cell) {
  if (!cell.is_defined())
    return {{"rule", cell.rule}, {"pipe", cell.pipe}, {"undefined", cell.undefined}};
  Json points = Json::array(), cycles = Json::array();
  for (const AtPoint& at : cell.points) points.push_back(of(at));
  for (const OnCycle& on : cell.cycles)
    cycles.push_back({{"caught", on.caught},
                      {"settled", on.settled},
                      {"diverged", on.diverged},
                      {"astray", on.astray}});
  return {{"rule", cell.rule},
          {"pipe", cell.pipe},
          {"undefined", nullptr},
          {"calls_a_step", finite(cell.calls_a_step)},
          {"predicted", to_string(theory_of(cell))},
          {"silent", cell.silent.empty() ? Json() : Json(cell.silent)},
          {"points", std::move(points)},
          {"spread",
           {{"settled", cell.settled},
            {"cycling", cell.cycling},
            {"diverged", cell.diverged},
            {"not_finite", cell.not_finite},
            {"budget_spent", cell.spent},
            {"elsewhere", cell.elsewhere},
            {"elsewhere_at_equilibria", cell.equilibria}}},
          {"steps", finite(cell.steps)},
          {"field_calls", finite(cell.calls)},
          {"predicted_rate", finite(cell.predicted)},
          {"rate", finite(cell.measured)},
          {"cycles", std::move(cycles)},
          {"accord", to_string(cell.accord)}};
}

AtlasCell cell_of(const Json& json) {
  AtlasCell cell{.rule = json.at("rule"), .pipe = json.at("pipe")};
  if (!json.at("undefined").is_null()) {
    cell.undefined = json.at("undefined");
    return cell;
  }
  cell.calls_a_step = number_or_unknown(json.at("calls_a_step"));
  if (!json.at("silent").is_null()) cell.silent = json.at("silent");
  for (const Json& at : json.at("points")) cell.points.push_back(at_point(at));
  const Json& spread = json.at("spread");
  cell.settled = spread.at("settled");
  cell.cycling = spread.at("cycling");
  cell.diverged = spread.at("diverged");
  cell.not_finite = spread.at("not_finite");
  cell.spent = spread.at("budget_spent");
  cell.elsewhere = spread.at("elsewhere");
  cell.equilibria = spread.at("elsewhere_at_equilibria");
  cell.steps = number_or_unknown(json.at("steps"));
  cell.calls = number_or_unknown(json.at("field_calls"));
  cell.predicted = number_or_unknown(json.at("predicted_rate"));
  cell.measured = number_or_unknown(json.at("rate"));
  for (const Json& on : json.at("cycles"))
    cell.cycles.push_back({on.at("caught"), on.at("settled"), on.at("diverged"), on.at("astray")});
  cell.accord = named<Accord>(json.at("accord"), 6);
  return cell;
}

}  // namespace

Json atlas_json(const AtlasGame& game) {
  Json points = Json::array(), cycles = Json::array(), cells = Json::array();
  for (const AtlasPoint& p : game.points)
    points.push_back({{"at", p.at}, {"class", to_string(p.kind)}, {"flow", to_string(p.flow)}});
  for (const AtlasCycle& c : game.cycles)
    cycles.push_back({{"period", c.period}, {"extent", c.extent}, {"path", c.path}});
  for (const AtlasCell& cell : game.cells) cells.push_back(of(cell));
  return {{"game", game.game},
          {"points", std::move(points)},
          {"cycles", std::move(cycles)},
          {"cells", std::move(cells)}};
}

AtlasGame atlas_game(const Json& json) try {
  AtlasGame game{.game = json.at("game")};
  for (const Json& p : json.at("points"))
    game.points.push_back({p.at("at").get<std::vector<double>>(),
                           named<PointClass>(p.at("class"), 4), named<Flow>(p.at("flow"), 5)});
  for (const Json& c : json.at("cycles"))
    game.cycles.push_back({c.at("period"), c.at("extent").get<std::vector<std::array<double, 2>>>(),
                           c.at("path").get<std::vector<std::vector<double>>>()});
  for (const Json& cell : json.at("cells")) game.cells.push_back(cell_of(cell));
  return game;
} catch (const nlohmann::json::exception& problem) {
  throw Error(std::string("these are no cells of an atlas: ") + problem.what());
}

}  // namespace gyre
