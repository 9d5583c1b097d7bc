// The list: one include and one name a rule. A test holds it to the folder.
#pragma once

#include "gyre/rules/acgd.hpp"
#include "gyre/rules/adagrad.hpp"
#include "gyre/rules/adam.hpp"
#include "gyre/rules/adaprox.hpp"
#include "gyre/rules/adaptive-eg-plus.hpp"
#include "gyre/rules/agraal.hpp"
#include "gyre/rules/alex-gda.hpp"
#include "gyre/rules/aligned-conopt.hpp"
#include "gyre/rules/alt-mwu.hpp"
#include "gyre/rules/alt-rm-plus.hpp"
#include "gyre/rules/alternating.hpp"
#include "gyre/rules/amsgrad.hpp"
#include "gyre/rules/anderson.hpp"
#include "gyre/rules/average.hpp"
#include "gyre/rules/bc-seg-plus.hpp"
#include "gyre/rules/br.hpp"
#include "gyre/rules/centripetal.hpp"
#include "gyre/rules/cesp.hpp"
#include "gyre/rules/cgd.hpp"
#include "gyre/rules/complete-newton.hpp"
#include "gyre/rules/complex-mom.hpp"
#include "gyre/rules/conopt.hpp"
#include "gyre/rules/crit-damp.hpp"
#include "gyre/rules/cross-curl.hpp"
#include "gyre/rules/curv-eg-plus.hpp"
#include "gyre/rules/decay.hpp"
#include "gyre/rules/ds-gda.hpp"
#include "gyre/rules/dseg.hpp"
#include "gyre/rules/dual-extrapolation.hpp"
#include "gyre/rules/eag-c.hpp"
#include "gyre/rules/eag-v.hpp"
#include "gyre/rules/eg-plus.hpp"
#include "gyre/rules/ema.hpp"
#include "gyre/rules/extragradient.hpp"
#include "gyre/rules/fbf.hpp"
#include "gyre/rules/feg.hpp"
#include "gyre/rules/fictitious-play.hpp"
#include "gyre/rules/flex-anchor.hpp"
#include "gyre/rules/follow-ridge.hpp"
#include "gyre/rules/gd-newton.hpp"
#include "gyre/rules/gda-max.hpp"
#include "gyre/rules/graal.hpp"
#include "gyre/rules/halpern-pp.hpp"
#include "gyre/rules/hgd.hpp"
#include "gyre/rules/jare.hpp"
#include "gyre/rules/la.hpp"
#include "gyre/rules/lcgd.hpp"
#include "gyre/rules/lead.hpp"
#include "gyre/rules/lola.hpp"
#include "gyre/rules/lookahead.hpp"
#include "gyre/rules/lss-tts.hpp"
#include "gyre/rules/lss.hpp"
#include "gyre/rules/minibatch.hpp"
#include "gyre/rules/mirror-prox.hpp"
#include "gyre/rules/momentum.hpp"
#include "gyre/rules/mwu.hpp"
#include "gyre/rules/nesterov.hpp"
#include "gyre/rules/newton.hpp"
#include "gyre/rules/nk-penalty.hpp"
#include "gyre/rules/noise.hpp"
#include "gyre/rules/odegan-reg.hpp"
#include "gyre/rules/omwu.hpp"
#include "gyre/rules/optda.hpp"
#include "gyre/rules/optimistic.hpp"
#include "gyre/rules/past-eg.hpp"
#include "gyre/rules/pdhg.hpp"
#include "gyre/rules/popov-a.hpp"
#include "gyre/rules/prm-plus.hpp"
#include "gyre/rules/proximal-fixed.hpp"
#include "gyre/rules/proximal.hpp"
#include "gyre/rules/reflected.hpp"
#include "gyre/rules/regret-matching.hpp"
#include "gyre/rules/restart.hpp"
#include "gyre/rules/rk2.hpp"
#include "gyre/rules/rk4.hpp"
#include "gyre/rules/rm-plus.hpp"
#include "gyre/rules/rmsprop.hpp"
#include "gyre/rules/scale.hpp"
#include "gyre/rules/seg-same.hpp"
#include "gyre/rules/sga.hpp"
#include "gyre/rules/shgd.hpp"
#include "gyre/rules/sim-gda-a.hpp"
#include "gyre/rules/simultaneous.hpp"
#include "gyre/rules/slingshot.hpp"
#include "gyre/rules/smoothed-gda.hpp"
#include "gyre/rules/sos.hpp"
#include "gyre/rules/stackelberg.hpp"
#include "gyre/rules/svre.hpp"
#include "gyre/rules/svrg-saddle.hpp"
#include "gyre/rules/unroll.hpp"

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

using Rules =
    RuleList<Acgd, Adagrad, Adam, AdaProx, AdaptiveEgPlus, Agraal, AlexGda, AlignedConopt, AltMwu,
             AltRmPlus, Alternating, AmsGrad, Anderson, Average, BcSegPlus, BestResponse,
             Centripetal, Cesp, Cgd, CompleteNewton, ComplexMom, ConOpt, CritDamp, CrossCurl,
             CurvEgPlus, Decay, DsGda, Dseg, DualExtrapolation, EagC, EagV, EgPlus, Ema,
             Extragradient, Fbf, Feg, FictitiousPlay, FlexAnchor, FollowRidge, GdNewton, GdaMax,
             Graal, HalpernPp, Hgd, Jare, La, Lcgd, Lead, Lola, Lookahead, Lss, LssTts, Minibatch,
             MirrorProx, Momentum, Mwu, Nesterov, Newton, NkPenalty, Noise, OdeganReg, Omwu, OptDa,
             Optimistic, PastEg, Pdhg, PopovA, PrmPlus, Proximal, ProximalFixed, Reflected,
             RegretMatching, Restart, Rk2, Rk4, RmPlus, RmsProp, Scale, SegSame, Sga, Shgd, SimGdaA,
             Simultaneous, Slingshot, SmoothedGda, Sos, Stackelberg, Svre, SvrgSaddle, Unroll>;

}  // namespace gyre
