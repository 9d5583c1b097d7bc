#include "gyre/sweep/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Range kAnything{-kInfinity, kInfinity};
constexpr Range kSeeds{0.0, 4503599627370495.0};

/// "extragradient", or "scale#2" for the second use of a stage in a pipe.
std::string stage_name(const Pipe& rule, std::size_t stage) {
  const auto place = rule.stages[stage].place;
  const auto uses =
      std::count_if(rule.stages.begin(), rule.stages.begin() + static_cast<std::ptrdiff_t>(stage),
                    [&](const StageSpec& s) { return s.place == place; });
  const std::string id = rule.stages[stage].facts().facts.id;
  return uses > 0 ? fmt::format("{}#{}", id, uses + 1) : id;
}

void add_stage(const Pipe& rule, std::size_t stage, std::vector<Movable>& all) {
  using What = Movable::What;
  const StageSpec& spec = rule.stages[stage];
  for (const ParamFacts& p : spec.facts().params) {
    const auto add = [&](What what, const std::string& parameter) {
      const std::string name = stage_name(rule, stage) + "." + parameter;
      all.push_back({what, name, name, parameter, stage, p.range});
    };
    if (p.kind == ParamKind::kReal) add(What::kRule, p.name);
    if (p.kind == ParamKind::kCount) add(What::kCount, p.name);
    if (p.kind == ParamKind::kRealPerPlayer)
      for (const auto& [player, value] : spec.per_player) add(What::kRule, player);
  }
}

}  // namespace

std::vector<Movable> movables(const Game& game, const Pipe& rule) {
  using What = Movable::What;
  std::vector<Movable> all;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const std::string& name = game.coordinates[i].name;
    all.push_back({What::kCoordinate, name, "start." + name, {}, i, kAnything});
  }
  for (std::size_t i = 0; i < rule.stages.size(); ++i) add_stage(rule, i, all);
  for (std::size_t i = 0; i < game.parameters.size(); ++i) {
    const Parameter& p = game.parameters[i];
    all.push_back({What::kGame, p.name, "game." + p.name, {}, i, p.range.value_or(kAnything)});
  }
  all.push_back({What::kSeed, "seed", "seed", {}, 0, kSeeds});
  return all;
}

Movable movable_named(std::string_view name, const Game& game, const Pipe& rule) {
  const std::vector<Movable> all = movables(game, rule);
  for (const Movable& m : all)
    if (m.full == name) return m;
  std::vector<Movable> found;
  for (const Movable& m : all)
    if (m.name == name || m.parameter == name) found.push_back(m);
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  if (found.size() > 1) {
    for (const Movable& m : found) names.push_back(m.full);
    throw Error(fmt::format("{} may be {}: say which", as_typed(name), join(names, " or ")));
  }
  for (const Movable& m : all) names.push_back(m.name);
  for (const Movable& m : all)
    if (!m.parameter.empty()) names.push_back(m.parameter);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) {
    constexpr std::size_t kMostShown = 12;
    names.resize(std::min(all.size(), kMostShown));
    hint =
        fmt::format("; there are {}{}", join(names, ", "), all.size() > kMostShown ? ", ..." : "");
  }
  throw Error(
      fmt::format("there is nothing called {} to put on an axis here{}", as_typed(name), hint));
}

}  // namespace gyre
