#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "gyre/rules/adapters.hpp"
#include "gyre/rules/all.hpp"
#include "gyre/rules/called.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre {

/// Makes a step size out of its number: the number itself, or a symbol of its own so that lanes may
/// differ in it. `name` is "STAGE.PARAMETER", with "#2" behind the stage's second use in a pipe.
template <class T>
using Lift = std::function<T(const std::string& name, double value)>;

namespace detail {

/// How the text calls each player that it gives a number: by name, where it has the name as well.
inline std::map<std::size_t, std::string> spellings(
    const StageSpec& spec, const std::function<std::size_t(const std::string&)>& player) {
  std::map<std::size_t, std::string> chosen;
  for (const auto& [name, value] : spec.per_player) {
    std::string& spelling = chosen[player(name)];
    if (spelling.empty() || !is_number_of_player(name)) spelling = name;
  }
  return chosen;
}

template <class R, class T>
R filled(const StageSpec& spec, const std::string& prefix, const Lift<T>& lift,
         const std::function<std::size_t(const std::string&)>& player) {
  R stage;
  auto set = [&]<class M>(const Param<R, M>& p) {
    if constexpr (std::is_same_v<M, T>) {
      stage.*p.member = lift(prefix + "." + p.name, spec.reals.at(p.name));
    } else if constexpr (std::is_same_v<M, int>) {
      stage.*p.member = static_cast<int>(spec.reals.at(p.name));
    } else if constexpr (std::is_same_v<M, PerPlayer<T>>) {
      for (const auto& [place, name] : spellings(spec, player))
        (stage.*p.member).given[place] = lift(prefix + "." + name, spec.per_player.at(name));
    } else if constexpr (std::is_same_v<M, PerPlayer<int>>) {
      for (const auto& [place, name] : spellings(spec, player))
        (stage.*p.member).given[place] = static_cast<int>(spec.per_player.at(name));
    } else {
      for (const std::string& name : spec.order) (stage.*p.member).players.push_back(player(name));
    }
  };
  std::apply([&](const auto&... p) { (set(p), ...); }, R::params());
  return stage;
}

}  // namespace detail

/// The rule that a pipe describes, on points of type V. `players` lists the names each player
/// answers to, as check_players() takes them.
template <class V>
std::unique_ptr<Rule<V>> build_rule(const Pipe& pipe,
                                    const std::vector<std::vector<std::string>>& players,
                                    const Lift<typename V::Scalar>& lift) {
  using T = typename V::Scalar;
  check_players(pipe, players);
  auto player = [&](const std::string& name) {
    std::size_t p = 0;
    while (std::find(players[p].begin(), players[p].end(), name) == players[p].end()) ++p;
    return p;
  };
  std::vector<std::string> prefixes;
  for (std::size_t i = 0; i < pipe.stages.size(); ++i) {
    int uses = 1;
    for (std::size_t j = 0; j < i; ++j) uses += pipe.stages[j].place == pipe.stages[i].place;
    prefixes.push_back(pipe.stages[i].facts().facts.id +
                       (uses > 1 ? "#" + std::to_string(uses) : ""));
  }
  std::unique_ptr<Rule<V>> rule;
  auto join_stage = [&](std::size_t i) {
    Rules::visit(pipe.stages[i].place, [&](auto tag) {
      using R = typename decltype(tag)::template Of<T>;
      R stage = detail::filled<R, T>(pipe.stages[i], prefixes[i], lift, player);
      std::vector<std::string> names;
      for (const Slot& slot : R::facts().memory) names.push_back(prefixes[i] + "." + slot.name);
      if constexpr (R::kind == StageKind::kScheme) {
        rule = std::make_unique<SchemeRule<V, R>>(std::move(stage), std::move(names));
      } else if constexpr (R::kind == StageKind::kWrapper) {
        rule = std::make_unique<WrappedRule<V, R>>(std::move(stage), std::move(names),
                                                   std::move(rule));
      } else {
        rule =
            std::make_unique<StagedRule<V>>(std::make_unique<FieldStageOf<V, R>>(std::move(stage)),
                                            std::move(names), std::move(rule));
      }
    });
  };
  join_stage(pipe.scheme);
  // The last field stage is nearest to the scheme, so it is joined first.
  for (std::size_t i = pipe.scheme; i-- > 0;) join_stage(i);
  for (std::size_t i = pipe.scheme + 1; i < pipe.stages.size(); ++i) join_stage(i);
  return rule;
}

}  // namespace gyre
