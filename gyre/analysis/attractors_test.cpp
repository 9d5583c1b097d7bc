#include "gyre/analysis/attractors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "gyre/analysis/closed_path.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

/// A square of starts, row by row.
SwarmLanes plane(std::size_t side, double half) {
  return {0, side * side, {}, [=](std::size_t from, std::size_t n, auto points, auto) {
            const double step = 2.0 * half / static_cast<double>(side - 1);
            for (std::size_t l = 0; l < n; ++l) {
              points[0][l] = -half + step * static_cast<double>((from + l) % side);
              points[1][l] = -half + step * static_cast<double>((from + l) / side);
            }
          }};
}

std::vector<std::vector<double>> known(const Game& game) {
  std::vector<std::vector<double>> points;
  for (const KnownPoint& p : game.points) points.push_back(p.at);
  return points;
}

Attractors found(const Game& game, const char* rule, double half, bool with_known = true) {
  return find_attractors(trace(game, parse_pipe(rule)), plane(300, half),
                         with_known ? known(game) : std::vector<std::vector<double>>{});
}

TEST(Attractors, ForsakenHasAPointAndACycle) {
  // The turn takes 7.55 of the flow's time (Hsieh et al. 2021).
  for (const auto& [rule, eta] : {std::pair{"extragradient(0.01)", 0.01},
                                  {"alternating(0.02)", 0.02},
                                  {"eg(0.005)", 0.005}}) {
    const Attractors a = found(catalogue_game("forsaken"), rule, 1.4);
    EXPECT_EQ(a.points, known(catalogue_game("forsaken"))) << rule;
    ASSERT_EQ(a.cycles.size(), 1u) << rule;
    EXPECT_TRUE(a.family.empty()) << rule;
    EXPECT_NEAR(a.cycles[0].period * eta, 7.55, 0.05) << rule;
    double right = 0.0;
    for (const auto& place : a.cycles[0].places) right = std::max(right, place[0]);
    EXPECT_NEAR(right, 1.465, 0.01) << rule;
  }
}

TEST(Attractors, AdolphsPointsAreFoundKnownOrNot) {
  const Game game = catalogue_game("adolphs");
  const Attractors told = found(game, "gda", 6.0), alone = found(game, "gda", 6.0, false);
  EXPECT_EQ(told.points, known(game));  // the saddle too, in the order in which they are stated
  ASSERT_EQ(alone.points.size(), 2u);   // not the saddle
  EXPECT_NEAR(alone.points[0][0], -2.0 - std::sqrt(2.0), 1e-8);  // from left to right
  EXPECT_NEAR(alone.points[1][0], 0.0, 1e-8);
  EXPECT_TRUE(told.cycles.empty() && told.family.empty());
}

TEST(Attractors, ALineOfEquilibriaIsNotListed) {
  const Attractors a =
      found(parse_game("x: (x - y)^2/2; y: (x - y)^2/2"), "simultaneous(0.1)", 1.0);
  EXPECT_TRUE(a.points.empty());
}

TEST(Attractors, CyclesAboutACentreAreAFamily) {
  const Game game = parse_game("min x max y: x*y");
  for (const double eta : {0.05, 0.3, 1.2}) {
    const std::string rule = "alternating(" + std::to_string(eta) + ")";
    const Attractors a = found(game, rule.c_str(), 1.0);
    EXPECT_TRUE(a.cycles.empty()) << eta;
    EXPECT_GT(a.family.size(), 20u) << eta;
    const double period = std::numbers::pi / std::asin(eta / 2.0);
    for (const Attractors::Cycle& c : a.family) {
      const double turns = std::round(c.period / period);
      EXPECT_NEAR(c.period, turns * period, 1e-3 * period) << eta;
      // Every place has the same value of what the rule keeps.
      const auto kept = [&](const std::vector<double>& p) {
        return p[0] * p[0] + p[1] * p[1] - eta * p[0] * p[1];
      };
      for (const auto& p : c.places)
        EXPECT_NEAR(kept(p), kept(c.places[0]), 0.02 * kept(c.places[0])) << eta;
    }
  }
}

TEST(Attractors, JumpingBetweenTwoPlacesIsACycle) {
  // Too large a step about the minima at 1 and -1.
  const Attractors a = found(parse_game("x: x^4/4 - x^2/2; y: y^2/2"), "gda(1.1)", 1.1);
  ASSERT_EQ(a.cycles.size(), 2u);
  for (const Attractors::Cycle& c : a.cycles) {
    EXPECT_EQ(c.places.size(), 2u);
    EXPECT_EQ(c.period, 2.0);
    EXPECT_FALSE(c.closed_curve);
  }
}

TEST(Attractors, ThreadsChangeNothing) {
  const Traced traced = trace(catalogue_game("forsaken"), parse_pipe("alternating"));
  AttractorOptions options;
  const Attractors one = find_attractors(traced, plane(100, 1.4), {}, options);
  options.threads = 3;
  const Attractors three = find_attractors(traced, plane(100, 1.4), {}, options);
  EXPECT_EQ(one.points, three.points);
  ASSERT_EQ(one.cycles.size(), three.cycles.size());
  EXPECT_EQ(one.cycles[0].places, three.cycles[0].places);
}

TEST(Attractors, StepSizesShareWhatTheyEndOn) {
  // From lane to lane another step size: the cycle moves, the point does not.
  SwarmLanes map = plane(100, 1.4);
  map.knobs = {"extragradient.eta"};
  const auto starts = map.fill;
  map.fill = [=](std::size_t from, std::size_t n, auto points, auto values) {
    starts(from, n, points, values);
    for (std::size_t l = 0; l < n; ++l)
      values[0][l] = 0.01 + 0.04 * static_cast<double>(from + l) / 10'000.0;
  };
  const Game game = catalogue_game("forsaken");
  const Traced traced = trace(game, parse_pipe("extragradient"));
  const Attractors a = find_attractors(traced, map, known(game));
  EXPECT_EQ(a.points.size(), 1u);
  ASSERT_GE(a.cycles.size(), 1u);
  EXPECT_LE(a.cycles.size(), 8u);
  SwarmOptions options;
  options.steps = 10'000;
  options.attractors = &a;
  options.judge = false;
  options.keep.period = true;
  const SwarmResult result = run_swarm(traced, map, options);
  std::size_t cycling = 0;
  for (std::size_t l = 0; l < map.count; ++l) {
    if (static_cast<Verdict>(result.outcome[l]) != Verdict::kCycling) continue;
    ++cycling;
    const double eta = 0.01 + 0.04 * static_cast<double>(l) / 10'000.0;
    ASSERT_NEAR(result.period[l] * eta, 7.55, 0.1) << eta;
  }
  EXPECT_GT(cycling, map.count * 9 / 10);
}

/// Verdicts of a swarm that knows its attractors beside those of run().
struct Agreement {
  std::size_t lanes = 0, other_verdict = 0, cycling_later = 0;
};

Agreement compare(const Game& game, const char* rule, std::uint64_t steps, double half) {
  const Traced traced = trace(game, parse_pipe(rule));
  const SwarmLanes map = plane(18, half);
  const Attractors attractors = find_attractors(traced, map, known(game));
  SwarmOptions options;
  options.steps = steps;
  options.attractors = &attractors;
  options.keep.last = true;
  const SwarmResult swarm = run_swarm(traced, map, options);
  Lanes lanes;
  std::vector<double> at(2);
  const std::vector<double*> to{&at[0], &at[1]};
  for (std::size_t l = 0; l < map.count; ++l) {
    map.fill(l, 1, to, {});
    lanes.starts.push_back(at);
  }
  RunOptions with;
  with.steps = steps;
  with.references = attractors.points;
  const RunResult careful = run(traced, lanes, with);
  Agreement agreement{map.count};
  for (std::size_t l = 0; l < map.count; ++l) {
    const Outcome& o = careful.outcomes[l];
    const auto verdict = static_cast<Verdict>(swarm.outcome[l]);
    EXPECT_EQ(swarm.steps[l], o.steps) << game.text << rule << l;
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_TRUE(swarm.last[2 * l + i] == o.last[i] || std::isnan(o.last[i]));
    if (verdict == o.verdict) continue;
    // On a cycle that pilots of longer runs found, run() sees too few turns, or still closing in.
    if (verdict == Verdict::kCycling)
      ++agreement.cycling_later;
    else
      ++agreement.other_verdict;
  }
  return agreement;
}

TEST(Attractors, VerdictsOfSwarmsAreThoseOfRuns) {
  for (const char* game : {"forsaken", "almost-bilinear", "adolphs", "xy", "weak-attractor"})
    for (const char* rule : {"simultaneous", "alternating", "extragradient(0.05)", "optimistic",
                             "adam | extragradient", "lookahead"}) {
      const std::string text = std::string(rule) == "lookahead" ? "simultaneous | lookahead" : rule;
      const Agreement a = compare(catalogue_game(game), text.c_str(), 1'600, 1.4);
      EXPECT_LE(a.other_verdict, a.lanes / 200) << game << " " << rule;
      EXPECT_LE(a.cycling_later, a.lanes / 10) << game << " " << rule;
    }
}

TEST(ClosedPath, RefusesWhatDoesNotClose) {
  std::vector<std::vector<double>> torus, circle;
  for (int k = 0; k < 2'000; ++k) {
    const double a = 2.0 * std::numbers::pi * k / 80.3, b = 2.0 * std::numbers::pi * k / 130.9;
    torus.push_back({std::cos(a) + 0.4 * std::cos(b), std::sin(a) + 0.4 * std::sin(b)});
    circle.push_back({std::cos(a), std::sin(a)});
  }
  EXPECT_FALSE(closed_path(torus, 80.3));
  const auto cycle = closed_path(circle, 80.0);
  ASSERT_TRUE(cycle);
  EXPECT_NEAR(cycle->period, 80.3, 0.01);
}

}  // namespace
}  // namespace gyre
