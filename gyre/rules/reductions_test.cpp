// Rules that become others at certain values of their parameters, and all of them as steps vanish.
#include <gtest/gtest.h>

#include <algorithm>

#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

struct Reduction {
  std::string special, plain;
};

/// The largest distance of the two paths, reported points included, over twenty steps.
double apart(const std::string& a, const std::string& b, const HandGame& game) {
  PlainRun one(parse_pipe(a), game), other(parse_pipe(b), game);
  double most = 0.0;
  for (int t = 0; t < 20; ++t) {
    one.step();
    other.step();
    most = std::max({most, length(difference(one.at(), other.at())),
                     length(difference(one.output(), other.output()))});
  }
  return most;
}

// The sums are the same, perhaps in another order: a few roundings apart after twenty steps.
constexpr double kRoundings = 1e-13;

TEST(Reductions, HoldOnAnyGame) {
  const Reduction all[] = {
      {"conopt(gamma=0) | eg", "eg"},
      {"sga(lambda=0) | ogda", "ogda"},
      {"aligned-conopt(gamma=0) | eg", "eg"},
      {"jare(gamma=0) | ogda", "ogda"},
      {"nk-penalty(gamma=0) | gda", "gda"},
      {"odegan-reg(lambda=0) | gda", "gda"},
      {"la(alpha=0) | eg", "eg"},
      {"lola(alpha=0) | gda", "gda"},
      {"sos(alpha=0) | gda", "gda"},
      {"unroll(inner=0) | eg", "eg"},
      {"cross-curl(gamma=0, mix=1) | eg", "eg"},
      {"crit-damp(eta=0.1, cancel=0)", "gda(eta=0.1)"},
      {"crit-damp(eta=0.1, cancel=2)", "lcgd(eta=0.1)"},
      {"la(alpha=0.1) | gda(eta=0.1)", "lcgd(eta=0.1)"},
      {"lss-tts(b=0) | gda(eta=0.2)", "gda(eta=0.1)"},
      {"halpern-pp(eta=0)", "gda(eta=0)"},
      {"sga(lambda=0, align=1) | gda", "gda"},
      {"momentum(beta=0) | alt-gda", "alt-gda"},
      {"nesterov(beta=0) | alt-gda", "alt-gda"},
      {"scale() | eg", "eg"},
      {"scale(1=1, 2=1) | gda", "gda"},
      {"scale(1=2, 2=2) | gda(eta=0.05)", "gda(eta=0.1)"},
      {"scale(1=2) | scale(1=0.5) | ogda", "ogda"},
      {"adam(beta1=0, beta2=0, eps=0.1) | eg", "rmsprop(beta=0, eps=0.1) | eg"},
      {"gda | lookahead(k=1, alpha=1)", "gda"},
      {"ogda | lookahead(k=1, alpha=1)", "ogda"},
      {"gda(eta=0.05) | lookahead(k=2, alpha=1) | lookahead(k=3, alpha=1)",
       "gda(eta=0.05) | lookahead(k=6, alpha=1)"},
      {"gda(eta=0.2) | lookahead(k=1, alpha=0.5)", "gda(eta=0.1)"},
      {"gda | lookahead(k=5, alpha=0)", "gda(eta=0)"},
      {"eg | ema(decay=0)", "eg"},
      {"adam | gda | ema(decay=0) | ema(decay=0)", "adam | gda"},
      {"alternating(1=1, 2=1)", "alternating"},
      {"alternating(order=1>2)", "alternating"},
      {"eag-v(q=0)", "eag-c"},
      {"flex-anchor(alpha=0)", "eg"},
      {"complex-mom(beta=0.7, arg=0) | alt-gda", "momentum(beta=0.7) | alt-gda"},
      {"lead(beta=0.3, alpha=0)", "momentum(beta=0.3) | gda"},
      {"smoothed-gda(r=0)", "alt-gda"},
      {"smoothed-gda(r=0, ratio=2, order=2>1)", "scale(1=2) | alternating(order=2>1)"},
      {"smoothed-gda(r=0.5, b=0.2)", "ds-gda(r1=0.5, b1=0.2, r2=0)"},
      {"eg | anderson(restart=1)", "eg"},
      {"momentum | gda | restart(k=1)", "gda"},
      {"gda(eta=0.05) | restart(k=4)", "gda(eta=0.05) | lookahead(k=4, alpha=1)"},
      // A player's name overrides the number that an alias, or anybody, calls it by.
      {"tt-gda(y=3)", "scale(y=3) | gda"},
      {"tt-gda(x=3)", "scale(x=3, y=5) | gda"},
      {"tt-gda(2=3)", "scale(y=3) | gda"},
      {"k-gda(y=2)", "alternating(order=y>x, y=2)"},
      {"scale(y=3, 2=5) | eg", "scale(2=3) | eg"},
      {"eg | lookahead(k=2) | ema", "eg | lookahead(k=2) | ema | ema(decay=0)"},
  };
  for (const Reduction& r : all)
    EXPECT_LE(apart(r.special, r.plain, bent()), kRoundings) << r.special;
}

TEST(Reductions, HoldOnARotation) {
  const Reduction all[] = {
      {"sga(lambda=0.7) | eg", "conopt(gamma=0.7) | eg"},
      {"sga(lambda=0.7, align=1) | gda", "conopt(gamma=0.7) | gda"},
      {"conopt(gamma=0.1) | gda(eta=0.1)", "eg(eta=0.1)"},
      {"cgd(eta=0.1)", "proximal(eta=0.1)"},
      {"la(alpha=0.1) | gda(eta=0.1)", "eg(eta=0.1)"},
      {"lcgd(eta=0.1)", "eg(eta=0.1)"},
      {"jare(gamma=0.7) | gda", "conopt(gamma=0.7) | gda"},
      {"aligned-conopt(gamma=0.7) | gda", "conopt(gamma=0.7) | gda"},
      {"stackelberg(lambda=2) | gda", "nk-penalty(gamma=0.5) | gda"},
      {"odegan-reg(lambda=0.35, order=y>x) | gda", "nk-penalty(gamma=0.7) | gda"},
      {"unroll(k=1, inner=0.35) | gda", "nk-penalty(gamma=0.7) | gda"},
      {"cross-curl(gamma=0.35, mix=1) | gda", "sga(lambda=0.7) | gda"},
      {"newton(lambda=0) | gda", "hgd | gda"},
      {"cesp(eta=0.1)", "gda(eta=0.1)"},
      {"lead(eta=0.1, beta=0, alpha=0.1)", "ogda(eta=0.1)"},
  };
  for (const Reduction& r : all)
    EXPECT_LE(apart(r.special, r.plain, rotation()), kRoundings) << r.special;
  // And nowhere else: these are not the same rules.
  EXPECT_GT(apart("sga(lambda=0.7) | eg", "conopt(gamma=0.7) | eg", bent()), 1e-3);
}

TEST(Reductions, OfSchemesHoldOnAnyGame) {
  const Reduction all[] = {
      {"alex-gda(gamma=0, delta=1)", "gda"},
      {"alex-gda(gamma=1, delta=1)", "alternating"},
      {"alex-gda(gamma=1, delta=1, order=2>1)", "alternating(order=2>1)"},
      {"dseg(eta=0.1, gamma=0.1)", "eg"},
      {"dseg(eta=0.1, gamma=0)", "gda"},
      {"eg-plus(eta=0.1, beta=1)", "eg"},
      {"eg-plus(eta=0.1, beta=0.5)", "dseg(eta=0.1, gamma=0.2)"},
      {"proximal-fixed(iterations=1)", "gda"},
      {"proximal-fixed(iterations=2)", "eg"},
      {"proximal-fixed(iterations=60)", "proximal(newton=20)"},
      {"fbf", "eg"},
      {"dual-extrapolation", "eg"},
      {"centripetal(lambda=1) | gda", "ogda"},
      {"centripetal(lambda=0) | alt-gda", "alt-gda"},
      {"gda-max(k=5, tolerance=0)", "alternating(order=2>1, 2=5)"},
      {"gda-max(k=3, tolerance=0, order=2>1)", "alternating(order=1>2, 1=3)"},
      {"gda-max(tolerance=1e6)", "scale(2=0) | gda"},
      {"slingshot(back=0)", "alternating"},
      {"slingshot(back=0, order=2>1)", "alternating(order=2>1)"},
      {"slingshot(back=-1)", "gda | lookahead(k=2, alpha=1)"},
      {"adaptive-eg-plus(lambda=0)", "gda(eta=0)"},
      {"curv-eg-plus(eta=0.01)", "adaptive-eg-plus(eta=0.01)"},
      {"br(damping=0)", "gda(eta=0)"},
      {"decay(power=0) | eg", "eg"},
      {"noise(sigma=0) | eg", "eg"},
      {"seg-same", "eg"},
      {"shgd | gda", "hgd | gda"},
      {"bc-seg-plus(alpha=1, power=0)", "eg"},
  };
  for (const Reduction& r : all)
    EXPECT_LE(apart(r.special, r.plain, bent()), kRoundings) << r.special;
}

TEST(Reductions, OfSchemesHoldWhereTheFieldIsLinear) {
  for (const HandGame& game : {rotation(), repelling()})
    EXPECT_LE(apart("reflected(0.05)", "ogda(0.05)", game), kRoundings * 1e3) << game.text;
  const Reduction bilinear[] = {{"predict", "pdhg"},
                                {"predict(order=2>1)", "pdhg(order=2>1)"},
                                {"pdhg(theta=0)", "alternating"},
                                {"pdhg(newton=1)", "pdhg(newton=7)"},
                                {"gda-max(k=4)", "k-gda(2=4)"}};
  for (const Reduction& r : bilinear)
    EXPECT_LE(apart(r.special, r.plain, rotation()), kRoundings) << r.special;
  // And nowhere else.
  EXPECT_GT(apart("reflected", "ogda", bent()), 1e-3);
  EXPECT_GT(apart("predict", "pdhg", bent()), 1e-3);
}

TEST(Reductions, ToExtragradientEndAtWalls) {
  HandGame game = boxed_rotation();
  game.start = {0.95, 0.9};
  const std::string eg = "eg(0.9)", fbf = "fbf(0.9)", dual = "dual-extrapolation(0.9)";
  EXPECT_GT(apart(fbf, eg, game), 1e-3);
  EXPECT_GT(apart(dual, eg, game), 1e-3);
  EXPECT_GT(apart(dual, fbf, game), 1e-3);
}

TEST(Reductions, ThePastOfTheFirstStepIsTheStart) {
  const Reduction all[] = {{"past-eg", "eg"},       {"reflected", "gda"},
                           {"graal", "gda"},        {"agraal", "gda"},
                           {"alex-gda", "predict"}, {"centripetal | gda", "gda"},
                           {"alt-ogda", "alt-gda"}};
  for (const Reduction& r : all) {
    PlainRun special(parse_pipe(r.special), bent()), plain(parse_pipe(r.plain), bent());
    special.step();
    plain.step();
    EXPECT_LE(length(difference(special.at(), plain.at())), kRoundings) << r.special;
  }
}

TEST(Reductions, TheFirstStepOfOptimismIsPlain) {
  for (const std::string field : {"", "adam | ", "momentum | ", "conopt | "}) {
    PlainRun optimistic(parse_pipe(field + "optimistic(eta=0.2)"), bent());
    PlainRun plain(parse_pipe(field + "simultaneous(eta=0.2)"), bent());
    optimistic.step();
    plain.step();
    EXPECT_LE(length(difference(optimistic.at(), plain.at())), kRoundings) << field;
  }
}

TEST(Reductions, TheMeanOfOneStepIsThatStep) {
  PlainRun run(parse_pipe("eg | average"), bent());
  run.step();
  EXPECT_EQ(run.output(), run.at());
  const Numbers first = run.at();
  run.step();
  const PlainPoint mean = 0.5 * (run.point + run.point.holding(first));
  EXPECT_LE(length(difference(run.output(), mean.numbers())), kRoundings);
}

/// The first step divided by the step size, against minus the field: how far off, in its length.
double off_the_field(const std::string& pipe) {
  const HandGame game = fits(parse_pipe(pipe), bent()) ? bent() : a_game_for(parse_pipe(pipe));
  const double eta = 1e-7;
  PlainRun run(parse_pipe(pipe), game);
  run.step();
  const Numbers v = game.field(game.start);
  Numbers moved = difference(run.at(), game.start);
  for (double& x : moved) x /= -eta;
  return length(difference(moved, v)) / length(v);
}

TEST(EveryRule, KeepsTheFieldAsStepsVanishIfAndOnlyIfItSaysSo) {
  int kept = 0, bent_away = 0;
  for (const StageFacts& s : rule_catalogue()) {
    if (s.kind == StageKind::kScheme && s.param("eta") == nullptr)
      continue;  // has no steps to vanish
    std::string pipe = s.facts.id + "(eta=1e-7)";
    if (s.kind == StageKind::kField) pipe = s.facts.id + " | simultaneous(eta=1e-7)";
    if (s.kind == StageKind::kWrapper) pipe = "simultaneous(eta=1e-7) | " + s.facts.id;
    if (s.facts.keeps_field) {
      EXPECT_LT(off_the_field(pipe), 1e-5) << pipe;  // of the order of the step, and roundings
      ++kept;
    } else {
      EXPECT_GT(off_the_field(pipe), 1e-3) << pipe;
      ++bent_away;
    }
  }
  EXPECT_GT(kept, 0);
  EXPECT_GT(bent_away, 0);
}

}  // namespace
}  // namespace gyre
