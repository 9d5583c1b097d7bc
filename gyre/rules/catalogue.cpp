#include "gyre/rules/catalogue.hpp"

#include <tuple>
#include <type_traits>

#include "gyre/rules/all.hpp"

namespace gyre {

namespace {

template <class T>
constexpr ParamKind kind_of() {
  if constexpr (std::is_same_v<T, double>) return ParamKind::kReal;
  if constexpr (std::is_same_v<T, int>) return ParamKind::kCount;
  if constexpr (std::is_same_v<T, PerPlayer<double>>) return ParamKind::kRealPerPlayer;
  if constexpr (std::is_same_v<T, PerPlayer<int>>) return ParamKind::kCountPerPlayer;
  if constexpr (std::is_same_v<T, Order>) return ParamKind::kOrder;
}

template <class R, class T>
ParamFacts facts_of(const R& fresh, const Param<R, T>& p) {
  ParamFacts facts{p.name, p.about, kind_of<T>(), 1.0, p.range};
  if constexpr (std::is_arithmetic_v<T>) facts.initial = fresh.*p.member;
  return facts;
}

}  // namespace

const std::vector<StageFacts>& rule_catalogue() {
  static const std::vector<StageFacts> entries = [] {
    std::vector<StageFacts> all;
    Rules::for_each([&](auto tag) {
      using R = typename decltype(tag)::template Of<double>;
      const R fresh;  // defaults are read off a fresh rule, never repeated
      StageFacts entry{R::facts(), R::kind, {}, R::facts().products + R::facts().solves > 0.0};
      std::apply([&](const auto&... p) { (entry.params.push_back(facts_of(fresh, p)), ...); },
                 R::params());
      all.push_back(std::move(entry));
    });
    return all;
  }();
  return entries;
}

const ParamFacts* StageFacts::param(std::string_view name) const {
  for (const ParamFacts& p : params)
    if (p.name == name) return &p;
  return nullptr;
}

const std::vector<Alias>& rule_aliases() {
  static const std::vector<Alias> aliases{
      {"aca", "centripetal | alternating", "alternating centripetal acceleration"},
      {"acga", "conopt | alternating", "consensus optimisation, players in turn"},
      {"alt-adam", "adam | alternating", "Adam, players in turn: how GANs are usually trained"},
      {"alt-gda", "alternating", "alternating gradient descent/ascent"},
      {"alt-ogda", "centripetal | alternating", "optimism, players in turn"},
      {"avg", "average", "reports the mean of all points"},
      {"cn", "complete-newton", "complete Newton"},
      {"complex-momentum", "complex-mom | simultaneous", "complex momentum"},
      {"consensus", "conopt | simultaneous", "consensus optimisation"},
      {"eg", "extragradient", "extragradient"},
      {"extra-adam", "adam | extragradient", "Adam with an extrapolation step"},
      {"forb", "optimistic", "forward-reflected-backward: optimism between walls"},
      {"fp", "fictitious-play", "fictitious play"},
      {"ftr", "follow-ridge | simultaneous", "follow-the-ridge"},
      {"gda", "simultaneous", "gradient descent/ascent, the article's rule"},
      {"gda-am", "alternating | anderson", "Anderson mixing of alternating descent/ascent"},
      {"gdn", "gd-newton", "gradient descent and Newton"},
      {"gogda", "centripetal | simultaneous",
       "generalised optimism: the change has a weight of its own"},
      {"heavy-ball", "momentum | simultaneous", "momentum, all players at once"},
      {"k-gda", "alternating(order=2>1, 2=5)",
       "the second player makes five steps to each of the first"},
      {"lookahead-adam", "adam | simultaneous | lookahead", "lookahead over Adam"},
      {"lookahead-extra-adam", "adam | extragradient | lookahead", "lookahead over ExtraAdam"},
      {"lookahead-gda", "simultaneous | lookahead", "lookahead over gradient descent/ascent"},
      {"mirror-prox-ent", "mirror-prox", "entropic mirror-prox"},
      {"negative-momentum", "momentum(beta=-0.5) | alternating", "negative momentum in turn"},
      {"nested-lookahead", "simultaneous | lookahead | lookahead", "lookahead on its slow points"},
      {"newton-root", "newton | simultaneous", "Newton on the field"},
      {"ode-gan", "odegan-reg | rk4", "the flow to fourth order, the second player regularised"},
      {"ogda", "optimistic", "optimistic gradient descent/ascent"},
      {"omd", "optimistic", "optimistic mirror descent without a mirror"},
      {"opt-dual-avg", "optda", "optimistic dual averaging"},
      {"optimistic-adam", "adam | optimistic", "Adam with optimism"},
      {"past-extra-adam", "adam | past-eg", "Adam with extrapolation from the past"},
      {"peg", "extragradient", "projected extragradient"},
      {"pgda", "simultaneous", "projected gradient descent/ascent"},
      {"pogda", "optimistic", "projected optimistic gradient"},
      {"pp", "proximal", "proximal point"},
      {"predict", "alex-gda(gamma=2, delta=1)",
       "the second player answers a prediction of the first"},
      {"rm", "regret-matching", "regret matching"},
      {"rm-plus-alt", "alt-rm-plus", "regret matching+ in turn"},
      {"sca", "centripetal | simultaneous", "simultaneous centripetal acceleration"},
      {"seg-indep", "extragradient",
       "stochastic extragradient with independent samples: behind noise each look has its own"},
      {"seg-plus", "dseg", "stochastic extragradient with a longer step ahead"},
      {"sgda", "simultaneous", "stochastic gradient descent/ascent: behind noise or minibatches"},
      {"sim-gda", "simultaneous", "gradient descent/ascent"},
      {"tgda", "stackelberg(lambda=0) | simultaneous",
       "the leader's total derivative; undefined where the follower has no curvature"},
      {"tt-gda", "scale(2=5) | simultaneous",
       "two time scales: the second player five times as fast"},
  };
  return aliases;
}

std::string_view to_string(StageKind kind) {
  switch (kind) {
    case StageKind::kField:
      return "field stage";
    case StageKind::kScheme:
      return "scheme";
    case StageKind::kWrapper:
      return "wrapper";
  }
  return "";
}

std::string_view to_string(Maturity maturity) {
  switch (maturity) {
    case Maturity::kReproduced:
      return "reproduced";
    case Maturity::kChecked:
      return "checked";
    case Maturity::kDraft:
      return "draft";
  }
  return "";
}

}  // namespace gyre
