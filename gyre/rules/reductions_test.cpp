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
  };
  for (const Reduction& r : all)
    EXPECT_LE(apart(r.special, r.plain, rotation()), kRoundings) << r.special;
  // And nowhere else: these are not the same rules.
  EXPECT_GT(apart("sga(lambda=0.7) | eg", "conopt(gamma=0.7) | eg", bent()), 1e-3);
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
