#include "gyre/engine/run.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstring>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {
namespace {

constexpr const char* kXy = "min x max y: x*y";

Outcome judged(const char* game, const char* rule, RunOptions options = {},
               std::vector<double> start = {0.6, 0.7}) {
  const Game g = parse_game(game);
  if (options.references.empty()) options.references = {std::vector<double>(g.dim(), 0.0)};
  return run(trace(g, parse_pipe(rule)), {{std::move(start)}, {}}, options).outcomes[0];
}

TEST(Verdict, DivergedNamesTheRate) {
  const Outcome o = judged(kXy, "gda");
  EXPECT_EQ(o.verdict, Verdict::kDiverged);
  EXPECT_NEAR(o.rate, std::sqrt(1.01), 1e-12);
  EXPECT_GT(o.distance, 1e3);
  EXPECT_EQ(o.calls, static_cast<double>(o.steps));
}

TEST(Verdict, DivergedIsSeenLongBeforeItIsFar) {
  const Outcome o = judged(kXy, "gda(0.001)");
  EXPECT_EQ(o.verdict, Verdict::kDiverged);
  EXPECT_LT(o.distance, 1.0);
  EXPECT_NEAR(o.rate, std::sqrt(1.0 + 1e-6), 1e-12);
}

TEST(Verdict, SettledNamesTheRateAndThePoint) {
  const Outcome o = judged(kXy, "eg");
  EXPECT_EQ(o.verdict, Verdict::kSettled);
  EXPECT_EQ(o.reference, 0);
  EXPECT_NEAR(o.rate, std::sqrt(1.0 - 0.01 + 0.0001), 1e-12);
  EXPECT_LT(o.residual, 1e-9);
  EXPECT_EQ(o.calls, 2.0 * static_cast<double>(o.steps));
}

TEST(Verdict, SettledAtOnceWhereItStarts) {
  const Outcome o = judged(kXy, "gda", {}, {0.0, 0.0});
  EXPECT_EQ(o.verdict, Verdict::kSettled);
  EXPECT_LE(o.steps, 1u);
}

TEST(Verdict, SettledMayBeNoCriticalPoint) {
  // hgd rests where half the squared field is least, here at x = 0 where the field is (1, 0).
  const Outcome o = judged("x: x + x^3/3; y: y^2/2", "hgd");
  EXPECT_EQ(o.verdict, Verdict::kSettled);
  EXPECT_NEAR(o.residual, 1.0, 1e-6);
}

TEST(Verdict, CyclingNamesPeriodRadiiAndWinding) {
  for (const double eta : {0.01, 0.1, 0.5, 1.8}) {  // at 1 it visits six places only
    const std::string rule = "alternating(" + std::to_string(eta) + ")";
    const Outcome o = judged(kXy, rule.c_str());
    EXPECT_EQ(o.verdict, Verdict::kCycling) << eta;
    EXPECT_NEAR(o.period, std::numbers::pi / std::asin(eta / 2.0), 1e-3 * o.period) << eta;
    EXPECT_NEAR(o.radius_high / o.radius_low, std::sqrt((1 + eta / 2) / (1 - eta / 2)), 0.02)
        << eta;
    EXPECT_GT(std::abs(o.turns), 3.0) << eta;
    EXPECT_NEAR(o.rate, 1.0, 1e-6) << eta;
  }
}

TEST(Verdict, CyclingIsFoundForTurnsOfAnyLength) {
  // From three steps a turn to a hundred thousand, in runs a thousand times as long as the turn or
  // ten.
  for (const double eta : {1.6, 0.3, 0.05, 0.02, 0.01, 0.003, 0.001, 0.0003})
    for (const std::uint64_t steps : {10'000, 100'000, 1'000'000}) {
      const double period = std::numbers::pi / std::asin(eta / 2.0);
      if (static_cast<double>(steps) < 8.0 * period) continue;
      RunOptions options;
      options.steps = steps;
      const std::string rule = "alternating(" + std::to_string(eta) + ")";
      const Outcome o = judged(kXy, rule.c_str(), options);
      ASSERT_EQ(o.verdict, Verdict::kCycling) << eta << ", " << steps << " steps";
      EXPECT_NEAR(o.period, period, 2e-3 * period) << eta << ", " << steps << " steps";
    }
}

TEST(Verdict, CyclingKnowsWhichWayItTurns) {
  const double one_way = judged(kXy, "alt-gda").turns;
  const double other_way = judged("min x max y: -x*y", "alt-gda").turns;
  EXPECT_NEAR(one_way, -other_way, 0.1);
  EXPECT_GT(std::abs(one_way), 3.0);
}

TEST(Verdict, AnAttractingCycleIsNotDivergence) {
  // The spurious cycle of "forsaken": it lies at x in [-1.332, 1.465] (Hsieh et al. 2021).
  RunOptions options;
  options.references = {{0.078027, 0.411934}};
  const Outcome o =
      judged("min x max y: x*(y - 0.45) + phi(x) - phi(y); phi(z) = z^2/4 - z^4/2 + z^6/6",
             "extragradient(0.01)", options, {1.0, 1.0});
  EXPECT_EQ(o.verdict, Verdict::kCycling);
  EXPECT_NEAR(o.period * 0.01, 7.55, 0.02);
}

TEST(Verdict, NotFiniteIsAnOutcome) {
  const Outcome o = judged("x: log(x) + y; y: y^2", "gda(1)", {}, {1.0, 1.0});
  EXPECT_EQ(o.verdict, Verdict::kNotFinite);
}

TEST(Verdict, BudgetSpentSaysThatItWasClosingIn) {
  const Outcome o = judged(kXy, "eg(0.01)");
  EXPECT_EQ(o.verdict, Verdict::kBudgetSpent);
  EXPECT_LT(o.trend, 0.0);
  EXPECT_LT(o.rate, 1.0);
}

TEST(Budget, IsCountedInFieldCalls) {
  RunOptions options;
  options.calls = 100;
  EXPECT_EQ(judged(kXy, "gda(0.001)", options).steps, 100u);
  EXPECT_EQ(judged(kXy, "eg(0.001)", options).steps, 50u);
  EXPECT_EQ(judged(kXy, "ogda(0.001)", options).steps, 99u);  // one call at the start
}

TEST(Budget, OfNoStepsIsSpentAtOnce) {
  RunOptions options;
  options.steps = 0;
  const Outcome o = judged(kXy, "gda", options);
  EXPECT_EQ(o.verdict, Verdict::kBudgetSpent);
  EXPECT_EQ(o.steps, 0u);
  EXPECT_EQ(o.last, (std::vector<double>{0.6, 0.7}));
}

TEST(Budget, OfTimeStopsALongRun) {
  RunOptions options;
  options.steps = std::uint64_t{1} << 62;
  options.seconds = 0.05;
  options.judge = false;
  const Outcome o = judged(kXy, "alt-gda", options);
  EXPECT_EQ(o.stopped, Stopped::kByTime);
  EXPECT_GT(o.steps, 0u);
}

TEST(Cancel, StopsSoonAndKeepsWhatThereIs) {
  std::atomic<bool> cancel{true};
  RunOptions options;
  options.steps = std::uint64_t{1} << 62;
  options.cancel = &cancel;
  const Game g = parse_game(kXy);
  const RunResult r = run(trace(g, parse_pipe("alt-gda")), {{{0.6, 0.7}}, {}}, options);
  EXPECT_TRUE(r.cancelled);
  EXPECT_EQ(r.outcomes[0].stopped, Stopped::kByUser);
  EXPECT_EQ(r.outcomes[0].last.size(), 2u);
}

/// Every number of every outcome, as bits.
std::vector<std::uint64_t> bits(const std::vector<Outcome>& outcomes) {
  std::vector<std::uint64_t> all;
  auto put = [&](double x) {
    std::uint64_t b = 0;
    std::memcpy(&b, &x, sizeof b);
    all.push_back(b);
  };
  for (const Outcome& o : outcomes) {
    all.push_back(static_cast<std::uint64_t>(o.verdict));
    all.push_back(o.steps);
    for (const double x : {o.calls, o.residual, o.moved, o.distance, o.rate, o.trend, o.period,
                           o.turns, o.radius_low, o.radius_high, o.recurrence})
      put(x);
    for (const double x : o.last) put(x);
    for (const double x : o.centre) put(x);
  }
  return all;
}

TEST(SameBits, ForAnyThreadsBlocksAndInstructionSets) {
  const Game g = parse_game(
      "min x max y: x*(y - 0.45) + phi(x) - phi(y) + sin(x*y)/10; phi(z) = z^2/4 - z^4/2 + z^6/6");
  Lanes lanes;
  for (std::size_t l = 0; l < 101; ++l) {
    Stream s(3, "start", l);
    lanes.starts.push_back({s.uniform(-2, 2), s.uniform(-2, 2)});
    lanes.knobs["extragradient.eta"].push_back(s.uniform(0.001, 0.8));
  }
  const Traced t = trace(g, parse_pipe("adam | extragradient | lookahead"));
  RunOptions options;
  options.steps = 1'000;
  options.references = {{0.078027, 0.411934}};
  Recorder recorder(lanes.size(), 100);
  options.observers = {&recorder};
  const auto expected = bits(run(t, lanes, options).outcomes);
  for (const std::size_t threads : {1, 3})
    for (const std::size_t block : {1, 7, 64, 1000})
      for (const KernelSet& kernels : kernel_sets()) {
        const InterpreterBackend backend(kernels);
        RunOptions other = options;
        Recorder seen(lanes.size(), 100);
        other.threads = threads, other.block_lanes = block, other.backend = &backend;
        other.observers = {&seen};
        ASSERT_EQ(bits(run(t, lanes, other).outcomes), expected)
            << threads << " threads, blocks of " << block << ", " << kernels.name;
        for (std::size_t l = 0; l < lanes.size(); ++l)
          ASSERT_EQ(seen.recordings()[l].points, recorder.recordings()[l].points);
      }
}

TEST(Recorder, KeepsTheLanesThatWereChosen) {
  const Game g = parse_game(kXy);
  const Traced t = trace(g, parse_pipe("extragradient"));
  const Lanes lanes{.starts = {{1.0, 0.5}, {0.5, 1.0}, {1.0, -1.0}}};
  const std::size_t chosen[] = {2, 0};
  Recorder all(3, 10), some(3, 10, chosen);
  RunOptions options;
  options.steps = 100;
  options.observers = {&all, &some};
  run(t, lanes, options);
  for (const std::size_t lane : chosen)
    EXPECT_EQ(some.recordings()[lane].points, all.recordings()[lane].points);
  EXPECT_FALSE(all.recordings()[1].points.empty());
  EXPECT_TRUE(some.recordings()[1].points.empty());
}

TEST(Observer, SeesStepsItAskedForAndTheLast) {
  const Game g = parse_game(kXy);
  Recorder recorder(1, 100);
  RunOptions options;
  options.steps = 499;
  options.observers = {&recorder};
  run(trace(g, parse_pipe("gda")), {{{0.6, 0.7}}, {}}, options);
  const Recording& r = recorder.recordings()[0];
  EXPECT_EQ(r.steps, (std::vector<std::uint64_t>{0, 100, 200, 300, 400, 499}));
  EXPECT_EQ(r.at(0, 2)[1], 0.7);
}

TEST(Observer, SeesEveryStepOfTheRecurrence) {
  const Game g = parse_game(kXy);
  Recorder recorder(1, 1);
  RunOptions options;
  options.steps = 499;
  options.observers = {&recorder};
  run(trace(g, parse_pipe("gda")), {{{0.6, 0.7}}, {}}, options);
  ASSERT_EQ(recorder.recordings()[0].steps.size(), 500u);
  double x = 0.6, y = 0.7;
  for (std::size_t k = 0; k < 500; ++k) {
    EXPECT_NEAR(recorder.recordings()[0].at(k, 2)[0], x, 1e-12);
    EXPECT_NEAR(recorder.recordings()[0].at(k, 2)[1], y, 1e-12);
    const double next = x - 0.1 * y;
    y = y + 0.1 * x, x = next;
  }
}

TEST(Lanes, MayDifferInAnyKnob) {
  const Game g = parse_game("min x max y: a*x*y; a = 1");
  Lanes lanes{{{0.6, 0.7}, {0.6, 0.7}, {0.6, 0.7}},
              {{"simultaneous.eta", {0.1, 0.2, 0.1}}, {"a", {1, 1, 2}}}};
  RunOptions options;
  options.references = {{0.0, 0.0}};
  const auto o = run(trace(g, parse_pipe("gda")), lanes, options).outcomes;
  EXPECT_NEAR(o[0].rate, std::sqrt(1.01), 1e-12);
  EXPECT_NEAR(o[1].rate, std::sqrt(1.04), 1e-12);
  EXPECT_EQ(o[1].rate, o[2].rate);
}

TEST(Lanes, AreCheckedBeforeAnythingRuns) {
  const Game g = parse_game(kXy);
  const Traced t = trace(g, parse_pipe("gda"));
  EXPECT_THROW(run(t, {{{1.0}}, {}}), Error);
  EXPECT_THROW(run(t, {{{1.0, std::nan("")}}, {}}), Error);
  EXPECT_THROW(run(t, {{{1.0, INFINITY}}, {}}), Error);
  EXPECT_THROW(run(t, {{{1.0, 1.0}}, {{"etaa", {1.0}}}}), Error);
  EXPECT_TRUE(run(t, {}).outcomes.empty());
}

TEST(Lanes, ThatHaveFinishedDoNotSlowTheOthersDown) {
  // One lane settles early and would sink into subnormal numbers; its neighbour never ends.
  const Game g = parse_game("x: x^2/2; y: 0*y");
  RunOptions options;
  options.steps = 200'000;
  Lanes lanes{{{1e-5, 0.0}, {1.0, 1.0}}, {{"simultaneous.eta", {0.5, 1e-9}}}};
  const auto o = run(trace(g, parse_pipe("gda")), lanes, options).outcomes;
  EXPECT_EQ(o[0].verdict, Verdict::kSettled);
  EXPECT_NE(o[1].verdict, Verdict::kSettled);
}

TEST(Domain, HoldsThePlayersIn) {
  const Game g = parse_game("min x in [-1, 1] max y in [-1, 1]: x*y");
  Recorder recorder(1, 1);
  RunOptions options;
  options.observers = {&recorder};
  run(trace(g, parse_pipe("gda")), {{{0.6, 0.7}}, {}}, options);
  for (const double x : recorder.recordings()[0].points) ASSERT_LE(std::abs(x), 1.0);
}

}  // namespace
}  // namespace gyre
