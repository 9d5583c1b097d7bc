#include "gyre/engine/swarm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstring>
#include <map>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/engine/closing_in.hpp"
#include "gyre/engine/looks.hpp"
#include "gyre/engine/swarm_test.hpp"

namespace gyre {
namespace {

using namespace testing;

SwarmOptions with_steps(std::uint64_t steps, const Attractors* attractors = nullptr) {
  SwarmOptions options;
  options.steps = steps;
  options.attractors = attractors;
  options.keep = kAll;
  return options;
}

Verdict verdict(const SwarmResult& result, std::size_t lane) {
  return static_cast<Verdict>(result.outcome[lane]);
}

TEST(Swarm, VerdictsStepsAndPlacesAreThoseOfRun) {
  for (const char* game : {kXy, kForsaken, "x: x + x^3/3; y: y^2/2"})
    for (const char* rule :
         {"gda", "eg(0.3)", "ogda", "alternating(0.05)", "adam | extragradient", "gda | average"}) {
      const Traced t = traced(game, rule);
      const SwarmLanes lanes = spread(200, 2, 1.4);
      SwarmOptions options = with_steps(1'500);
      RunOptions careful;
      careful.steps = 1'500;
      careful.seed = options.seed = 5;
      const SwarmResult swarm = run_swarm(t, lanes, options);
      const RunResult one_by_one = run(t, written_out(lanes, 2), careful);
      for (std::size_t l = 0; l < lanes.count; ++l) {
        const Outcome& o = one_by_one.outcomes[l];
        ASSERT_EQ(verdict(swarm, l), o.verdict) << game << rule << l;
        ASSERT_EQ(swarm.steps[l], o.steps) << game << rule << l;
        ASSERT_EQ(std::memcmp(&swarm.last[2 * l], o.last.data(), 2 * sizeof(double)), 0)
            << game << rule << l;
      }
    }
}

TEST(Swarm, ChanceIsNamedBySeedAndNumber) {
  // Lanes that begin at one place differ by their number, or their seed, alone.
  const Traced t = traced(kXy, "noise(0.1) | eg(0.3)");
  const SwarmLanes here = at(std::vector<std::vector<double>>(20, {1.0, 0.0}));
  SwarmOptions options = with_steps(200);
  const SwarmResult one = run_swarm(t, here, options);
  EXPECT_NE(one.last[0], one.last[2]);
  SwarmLanes later = here;
  later.first = 7, later.count = 10;
  const SwarmResult part = run_swarm(t, later, options);
  EXPECT_TRUE(std::equal(part.last.begin(), part.last.end(), one.last.begin() + 14));
  options.seed = 2;
  const SwarmResult other = run_swarm(t, here, options);
  EXPECT_NE(other.last[0], one.last[0]);
  options.seed = 1;
  const SwarmResult own = run_swarm(t, with_knob(here, kSeedKnob, 0.0, 20.0), options);
  EXPECT_EQ(own.last[2], one.last[2]);    // of seed 1
  EXPECT_EQ(own.last[4], other.last[4]);  // of seed 2
  EXPECT_THROW(run_swarm(traced(kXy, "eg"), with_knob(here, kSeedKnob, 0.0, 20.0), {}), Error);
}

TEST(Swarm, SimultaneousDivergesAtTheStepAndRateOfTheClosedForm) {
  const double eta = 0.1, factor = std::sqrt(1.0 + eta * eta);
  const SwarmLanes lanes = spread(200, 2, 1.0);
  const SwarmResult swarm = run_swarm(traced(kXy, "gda(0.1)"), lanes, with_steps(5'000));
  const Lanes starts = written_out(lanes, 2);
  for (std::size_t l = 0; l < lanes.count; ++l) {
    const double r = std::hypot(starts.starts[l][0], starts.starts[l][1]);
    std::uint64_t step = 0;
    while (r * std::pow(factor, static_cast<double>(step)) <= 1e3 * (1.0 + r))
      step = next_look(step);
    EXPECT_EQ(verdict(swarm, l), Verdict::kDiverged);
    EXPECT_EQ(swarm.steps[l], step);
    EXPECT_NEAR(swarm.rate[l], factor, 1e-6);
    EXPECT_EQ(swarm.attractor[l], kNoAttractor);
    EXPECT_TRUE(std::isnan(swarm.period[l]));
  }
}

TEST(Swarm, ExtragradientSettlesAtTheStepAndRateOfTheClosedForm) {
  const double eta = 0.3;
  const std::complex<double> turn(1.0 - eta * eta, eta);
  const Attractors origin{{{5.0, 5.0}, {0.0, 0.0}}, {}, {}};
  const SwarmLanes lanes = spread(200, 2, 1.0);
  const SwarmResult swarm = run_swarm(traced(kXy, "eg(0.3)"), lanes, with_steps(5'000, &origin));
  const Lanes starts = written_out(lanes, 2);
  for (std::size_t l = 0; l < lanes.count; ++l) {
    const double r = std::hypot(starts.starts[l][0], starts.starts[l][1]);
    std::uint64_t step = 0;
    for (bool settled = false; !settled;) {
      const std::uint64_t before = step;
      step = next_look(step);
      const double now = r * std::pow(std::abs(turn), static_cast<double>(step));
      const double moved =
          now * std::abs(1.0 - std::pow(turn, -static_cast<double>(step - before)));
      settled = now <= 1e-9 && moved <= 1e-9 * (1.0 + now);
    }
    EXPECT_EQ(verdict(swarm, l), Verdict::kSettled);
    EXPECT_EQ(swarm.steps[l], step);
    EXPECT_NEAR(swarm.rate[l], std::abs(turn), 1e-6);
    EXPECT_EQ(swarm.attractor[l], 1);
  }
}

TEST(Swarm, ExitsAreSeenAtTheFirstLookBeyond) {
  const double factor = std::sqrt(1.01);
  const std::vector<std::vector<double>> starts{{1.0, 0.0}, {0.5, 0.0}, {3.0, 0.0}};
  SwarmOptions options = with_steps(100);
  options.exit = ExitRegion{{}, {0.0, 0.0}, 1.2};
  const SwarmResult ball = run_swarm(traced(kXy, "gda(0.1)"), at(starts), options);
  EXPECT_EQ(ball.exit[0], std::ceil(std::log(1.2) / std::log(factor)));  // an early look
  EXPECT_EQ(ball.exit[1], kNeverLeft);
  EXPECT_EQ(ball.exit[2], 0u);
  options.exit = ExitRegion{{{-2.0, 2.0}, {-0.05, 9.0}}, {}, 0.0};  // y begins with +x * eta
  const SwarmResult box = run_swarm(traced("min x max y: -x*y", "gda(0.1)"), at(starts), options);
  EXPECT_EQ(box.exit[0], 1u);  // y = -0.1
  EXPECT_EQ(box.exit[1], 2u);  // y = -0.05 and then -0.1
  EXPECT_EQ(box.exit[2], 0u);
}

/// What `alternating` runs on in x*y: x^2 + y^2 - eta x y stays what it is.
Attractors::Cycle invariant_curve(double eta, double x) {
  Attractors::Cycle cycle{{}, std::numbers::pi / std::asin(eta / 2.0), true};
  const Traced t = traced(kXy, "alternating(" + std::to_string(eta) + ")");
  Recorder recorder(1, 1);
  RunOptions options;
  options.steps = static_cast<std::uint64_t>(cycle.period);
  options.judge = false;
  options.observers = {&recorder};
  run(t, {{{x, 0.0}}, {}}, options);
  for (std::size_t k = 0; k < options.steps; ++k) {
    const auto p = recorder.recordings()[0].at(k, 2);
    cycle.places.emplace_back(p.begin(), p.end());
  }
  return cycle;
}

TEST(Swarm, LanesOnKnownCyclesAreCyclingWithoutAJudge) {
  const Attractors known{{{0.0, 0.0}},
                         {invariant_curve(0.1, 2.0), invariant_curve(0.1, 1.0)},
                         {invariant_curve(0.1, 0.5)}};
  SwarmOptions options = with_steps(2'000, &known);
  const SwarmResult swarm =
      run_swarm(traced(kXy, "alternating(0.1)"),
                at({{1.0, 0.0}, {2.0, 0.0}, {0.5, 0.0}, {1.01, 0.0}, {1.3, 0.0}}), options);
  for (std::size_t l = 0; l < 5; ++l) {
    EXPECT_EQ(verdict(swarm, l), Verdict::kCycling);
    EXPECT_NEAR(swarm.period[l], known.cycles[0].period, 0.05);
    EXPECT_EQ(swarm.steps[l], 2'000u);
  }
  EXPECT_EQ(swarm.attractor, (std::vector<std::int16_t>{2, 1, -1, 2, -1}));
  EXPECT_EQ(swarm.judged, 1u);  // the last one
  options.judge = false;
  const SwarmResult quick = run_swarm(traced(kXy, "alternating(0.1)"), at({{1.3, 0.0}}), options);
  EXPECT_EQ(verdict(quick, 0), Verdict::kBudgetSpent);
  EXPECT_EQ(quick.judged, 0u);
}

TEST(Swarm, LanesThatMoveUpStayOnTheirCycles) {
  // Every other lane has a step a trifle beyond 2 and grows slowly: they diverge one after the
  // other while the rest is watched.
  const Attractors known{{}, {invariant_curve(0.1, 1.0)}, {}};
  SwarmLanes lanes = at(std::vector<std::vector<double>>(60, {1.0, 0.0}));
  lanes.knobs = {"alternating.eta"};
  const auto starts = lanes.fill;
  lanes.fill = [=](std::size_t from, std::size_t n, auto points, auto values) {
    starts(from, n, points, values);
    for (std::size_t l = 0; l < n; ++l)
      values[0][l] = (from + l) % 2 == 0 ? 2.0 + 1e-8 * static_cast<double>(from + l) : 0.1;
  };
  SwarmOptions options = with_steps(2'000, &known);
  options.judge = false;
  options.escape = 3e3;
  options.block_lanes = 60;
  const SwarmResult swarm = run_swarm(traced(kXy, "alternating"), lanes, options);
  std::size_t in_between = 0;
  for (std::size_t l = 0; l < 60; ++l) {
    if (l % 2 == 1) {
      EXPECT_EQ(verdict(swarm, l), Verdict::kCycling) << l;
      EXPECT_NEAR(swarm.period[l], known.cycles[0].period, 0.05);
    } else if (swarm.steps[l] > 1'760 && swarm.steps[l] < 1'990) {
      ++in_between;
    }
  }
  EXPECT_GT(in_between, 2u);
}

TEST(Swarm, LanesMayEndOnCycles) {
  const Attractors known{{}, {invariant_curve(0.1, 1.0)}, {invariant_curve(0.1, 0.5)}};
  SwarmOptions options = with_steps(2'000, &known);
  options.end_on_cycles = true;
  const SwarmResult swarm =
      run_swarm(traced(kXy, "alternating(0.1)"), at({{1.0, 0.0}, {0.5, 0.0}, {1.5, 0.0}}), options);
  // Of a family, lanes may just pass by: only those that attract end them.
  EXPECT_EQ(swarm.steps, (std::vector<std::uint32_t>{3 * 128, 2'000, 2'000}));
  EXPECT_EQ(swarm.attractor, (std::vector<std::int16_t>{0, -1, -1}));
  for (const std::size_t l : {0, 1, 2}) {
    EXPECT_EQ(verdict(swarm, l), Verdict::kCycling);
    EXPECT_NEAR(swarm.period[l], known.cycles[0].period, 0.2);
    EXPECT_NEAR(swarm.rate[l], 1.0, 1e-2);
  }
}

TEST(Swarm, ALaneThatCrossesACycleIsNotOnIt) {
  // Growing through the radius at the very end.
  const Attractors known{{}, {invariant_curve(0.1, 1.0)}, {}};
  SwarmOptions options = with_steps(200, &known);
  options.judge = false;
  const double start = std::pow(1.01, -0.5 * 200.0);
  const SwarmResult swarm = run_swarm(traced(kXy, "gda(0.1)"), at({{start, 0.0}}), options);
  EXPECT_EQ(verdict(swarm, 0), Verdict::kBudgetSpent);
}

TEST(Swarm, ThePeriodIsTheLanesOwn) {
  const Attractors known{{}, {invariant_curve(0.02, 1.0)}, {}};
  const std::size_t count = 50;
  SwarmLanes lanes = with_knob(at(std::vector<std::vector<double>>(count, {1.0, 0.0})),
                               "alternating.eta", 0.01, 0.03);
  const SwarmResult swarm =
      run_swarm(traced(kXy, "alternating"), lanes, with_steps(20'000, &known));
  for (std::size_t l = 0; l < count; ++l) {
    const double eta = 0.01 + 0.02 * static_cast<double>(l) / count;
    const double period = std::numbers::pi / std::asin(eta / 2.0);
    EXPECT_EQ(verdict(swarm, l), Verdict::kCycling);
    EXPECT_NEAR(swarm.period[l], period, 2e-3 * period) << eta;
  }
  EXPECT_EQ(swarm.judged, 0u);
}

TEST(Swarm, LanesThatBeginAtNoNumberAreNotFinite) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  const SwarmResult swarm =
      run_swarm(traced(kXy, "eg(0.3)"), at({{1.0, 0.5}, {nan, 0.5}, {0.5, infinity}, {0.3, 0.2}}),
                with_steps(1'000));
  EXPECT_EQ(verdict(swarm, 0), Verdict::kSettled);
  for (const std::size_t l : {1, 2}) {
    EXPECT_EQ(verdict(swarm, l), Verdict::kNotFinite);
    EXPECT_EQ(swarm.steps[l], 0u);
  }
  EXPECT_EQ(verdict(swarm, 3), Verdict::kSettled);
}

TEST(Swarm, OfNoStepsStaysWhereItIs) {
  const SwarmResult swarm =
      run_swarm(traced(kXy, "gda"), at({{0.6, 0.7}, {0.0, 0.0}}), with_steps(0));
  for (const std::size_t l : {0, 1}) {
    EXPECT_EQ(verdict(swarm, l), Verdict::kBudgetSpent);
    EXPECT_EQ(swarm.steps[l], 0u);
  }
  EXPECT_EQ(swarm.last, (std::vector<double>{0.6, 0.7, 0.0, 0.0}));
  EXPECT_TRUE(run_swarm(traced(kXy, "gda"), spread(0, 2, 1.0)).outcome.empty());
}

TEST(Swarm, KeepsOnlyWhatIsAskedFor) {
  SwarmOptions options = with_steps(100);
  options.keep = {false, false, false, false, false, false, true};
  const SwarmResult swarm = run_swarm(traced(kXy, "eg"), spread(10, 2, 1.0), options);
  EXPECT_EQ(swarm.last.size(), 20u);
  EXPECT_EQ(swarm.outcome.size() + swarm.attractor.size() + swarm.steps.size() + swarm.rate.size() +
                swarm.period.size() + swarm.exit.size(),
            0u);
  EXPECT_EQ(swarm.judged, 0u);  // nobody would hear of it
}

TEST(Swarm, StopsWhenCancelled) {
  std::atomic<bool> cancel{false};
  SwarmOptions options = with_steps(1'000'000);
  options.cancel = &cancel;
  SwarmLanes lanes = spread(1'000'000, 2, 1.0);
  const auto starts = lanes.fill;
  std::atomic<int> calls{0};
  lanes.fill = [&](std::size_t from, std::size_t n, auto points, auto values) {
    if (++calls == 3) cancel = true;
    starts(from, n, points, values);
  };
  const SwarmResult swarm = run_swarm(traced(kXy, "alternating"), lanes, options);
  EXPECT_TRUE(swarm.cancelled);
  EXPECT_LE(calls, 4);
}

TEST(Swarm, TellsHowFarItIs) {
  SwarmOptions options = with_steps(20'000);
  double last = 0.0;
  options.progress = [&](double done) {
    EXPECT_GE(done, last);
    last = done;
  };
  run_swarm(traced(kXy, "eg(0.01)"), spread(3'000, 2, 1.0), options);
  EXPECT_LE(last, 1.0);
}

TEST(Swarm, SaysWhatIsWrong) {
  const Traced t = traced(kXy, "gda");
  const auto message = [&](const SwarmLanes& lanes, const SwarmOptions& options) {
    try {
      run_swarm(t, lanes, options);
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string("nothing");
  };
  EXPECT_EQ(message(with_knob(spread(1, 2, 1.0), "simultaneous.etta", 0, 1), {}),
            "there is no parameter 'simultaneous.etta'; did you mean 'simultaneous.eta'?");
  SwarmOptions options = with_steps(std::uint64_t{1} << 32);
  EXPECT_EQ(message(spread(1, 2, 1.0), options),
            "lanes of a map take at most 4294967294 steps, not 4294967296");
  options = with_steps(1);
  options.exit = ExitRegion{{{0.0, 1.0}}, {}, 0.0};
  EXPECT_EQ(message(spread(1, 2, 1.0), options),
            "the region to leave has 1 coordinate, and this game has 2 variables");
  options.exit = ExitRegion{{{0.0, 1.0}, {1.0, 0.0}}, {}, 0.0};
  EXPECT_EQ(message(spread(1, 2, 1.0), options),
            "the box to leave ends at 0, before it begins at 1");
  options.exit = ExitRegion{{}, {0.0, 0.0}, -1.0};
  EXPECT_EQ(message(spread(1, 2, 1.0), options),
            "the ball to leave has a radius of 0 or more, not -1");
}

TEST(ClosingIn, KnowsASpiralInwardsFromOneThatStaysOrGrows) {
  const std::vector<std::vector<double>> points{{3.0, 3.0}, {0.0, 0.0}};
  for (const auto& [rule, closing] : std::map<std::string, bool>{
           {"eg(0.03)", true}, {"gda(0.03)", false}, {"alternating(0.03)", false}}) {
    ClosingIn seen(1, 2'000, points);
    RunOptions options;
    options.steps = 2'000;
    options.judge = false;
    options.observers = {&seen};
    run(traced(kXy, rule), {{{0.6, 0.7}}, {}}, options);
    EXPECT_EQ(seen.is(0), closing) << rule;
  }
}

TEST(Swarm, LanesClosingInNeedNoJudge) {
  const Attractors origin{{{0.0, 0.0}}, {}, {}};
  const SwarmResult swarm =
      run_swarm(traced(kXy, "eg(0.03)"), spread(100, 2, 1.0), with_steps(2'000, &origin));
  for (std::size_t l = 0; l < 100; ++l) EXPECT_EQ(verdict(swarm, l), Verdict::kBudgetSpent);
  EXPECT_EQ(swarm.judged, 0u);
}

// Flows whose circles shrink or grow too slowly to be told from a turn or two pass by the members
// of a family of closed paths; being near one is not being on it.
TEST(Swarm, ALaneThatPassesByAFamilyIsNotOnIt) {
  const Traced t = traced("min x max y: x*y + d*(x^2 - y^2)/2; d = 0.001", "rk4(eta=0.05)");
  Attractors attractors;
  attractors.points = {{0.0, 0.0}};
  Attractors::Cycle circle{.places = {}, .period = 2.0 * std::numbers::pi / 0.05};
  for (int k = 0; k < 128; ++k) {
    const double angle = 2.0 * std::numbers::pi * k / 128.0;
    circle.places.push_back({std::cos(angle), std::sin(angle)});
  }
  attractors.family = {circle};
  SwarmOptions options;
  options.steps = 2'000;  // shrinks by exp(-0.1) in all, and by 1.2 % in the last eighth
  options.attractors = &attractors;
  options.keep = kAll;
  const double start = std::exp(0.1) * 1.003;
  const SwarmResult damped = run_swarm(t, at({{start, 0.0}}), options);
  EXPECT_EQ(damped.judged, 1u);

  // Undamped, it is on it; but not where there is no time for three turns.
  const SwarmLanes still = with_knob(at({{1.003, 0.0}}), "d", 0.0, 1.0);
  EXPECT_EQ(run_swarm(t, still, options).outcome[0], static_cast<int>(Verdict::kCycling));
  EXPECT_EQ(run_swarm(t, still, options).judged, 0u);
  options.steps = 300;
  EXPECT_EQ(run_swarm(t, still, options).judged, 1u);
}

}  // namespace
}  // namespace gyre
