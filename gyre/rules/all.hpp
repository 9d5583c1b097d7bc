// The list: one include and one name a rule. A test holds it to the folder.
#pragma once

#include "gyre/rules/adam.hpp"
#include "gyre/rules/alternating.hpp"
#include "gyre/rules/average.hpp"
#include "gyre/rules/conopt.hpp"
#include "gyre/rules/ema.hpp"
#include "gyre/rules/extragradient.hpp"
#include "gyre/rules/hgd.hpp"
#include "gyre/rules/lookahead.hpp"
#include "gyre/rules/momentum.hpp"
#include "gyre/rules/nesterov.hpp"
#include "gyre/rules/optimistic.hpp"
#include "gyre/rules/rmsprop.hpp"
#include "gyre/rules/scale.hpp"
#include "gyre/rules/sga.hpp"
#include "gyre/rules/simultaneous.hpp"

namespace gyre {

template <template <class> class Rule>
struct RuleTag {
  template <class T>
  using Of = Rule<T>;
};

template <template <class> class... Rules>
struct RuleList {
  static constexpr std::size_t size = sizeof...(Rules);

  static void for_each(auto&& visit) { (visit(RuleTag<Rules>{}), ...); }

  /// Calls `visit(RuleTag<R>{})` for the rule in this place of the list.
  static void visit(std::size_t place, auto&& visit) {
    std::size_t i = 0;
    (void)((place == i++ && (visit(RuleTag<Rules>{}), true)) || ...);
  }
};

using Rules = RuleList<Adam, Alternating, Average, ConOpt, Ema, Extragradient, Hgd, Lookahead,
                       Momentum, Nesterov, Optimistic, RmsProp, Scale, Sga, Simultaneous>;

}  // namespace gyre
