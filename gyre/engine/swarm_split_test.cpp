// However a swarm is divided, every lane gets the same bits.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

#include "gyre/engine/swarm_test.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {
namespace {

using namespace testing;

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

bool same(const SwarmResult& a, const SwarmResult& b) {
  return same(a.outcome, b.outcome) && same(a.attractor, b.attractor) && same(a.steps, b.steps) &&
         same(a.rate, b.rate) && same(a.period, b.period) && same(a.exit, b.exit) &&
         same(a.last, b.last);
}

/// The part [from, to) of a swarm, as one of its own.
SwarmLanes part(const SwarmLanes& lanes, std::size_t from, std::size_t to) {
  SwarmLanes some = lanes;
  some.first = lanes.first + from, some.count = to - from;
  some.fill = [=](std::size_t begin, std::size_t n, auto points, auto values) {
    lanes.fill(from + begin, n, points, values);
  };
  return some;
}

Attractors circle(double radius) {
  Attractors a{{{0.0, 0.0}}, {}, {}};
  Attractors::Cycle cycle{{}, 2.0 * std::numbers::pi / 0.1, true};
  for (int k = 0; k < 100; ++k) {
    const double angle = -2.0 * std::numbers::pi * k / 100.0;
    cycle.places.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  a.cycles.push_back(cycle);
  return a;
}

RC_GTEST_PROP(SwarmSplit, ChangesNoBit, ()) {
  const std::string game = *rc::gen::element<std::string>(kXy, kForsaken, "x: x^3/3 - x; y: y^2/2");
  const std::string rule = *rc::gen::element<std::string>(
      "simultaneous", "alternating", "extragradient(0.4)", "optimistic", "adam | simultaneous",
      "simultaneous(0.5) | average", "noise(0.1) | extragradient(0.4)", "noise | optimistic");
  const Traced t = traced(game, rule);
  SwarmLanes lanes = spread(*rc::gen::inRange<std::size_t>(1, 400), 2, 1.4);
  if (*rc::gen::arbitrary<bool>() && !t.knobs.empty())
    lanes = with_knob(lanes, t.knobs[0].name, 0.01, 0.9);
  if (t.chance && *rc::gen::arbitrary<bool>()) lanes = with_knob(lanes, kSeedKnob, 0.0, 1000.0);
  const Attractors attractors = circle(0.7);
  SwarmOptions options;
  options.steps = *rc::gen::element<std::uint64_t>(0, 1, 17, 64, 300, 1000);
  options.escape = 10.0;
  options.attractors = &attractors;
  options.exit = ExitRegion{{}, {0.0, 0.0}, 1.5};
  options.keep = kAll;
  options.end_on_cycles = *rc::gen::arbitrary<bool>();
  const SwarmResult whole = run_swarm(t, lanes, options);

  SwarmResult joined;
  for (std::size_t from = 0; from < lanes.count;) {
    const std::size_t to = std::min(lanes.count, from + *rc::gen::inRange<std::size_t>(1, 300));
    options.block_lanes = *rc::gen::inRange<std::size_t>(1, 130);
    options.threads = *rc::gen::inRange<std::size_t>(1, 4);
    const SwarmResult some = run_swarm(t, part(lanes, from, to), options);
    append(joined.outcome, some.outcome), append(joined.attractor, some.attractor);
    append(joined.steps, some.steps), append(joined.rate, some.rate);
    append(joined.period, some.period), append(joined.exit, some.exit);
    append(joined.last, some.last);
    from = to;
  }
  RC_ASSERT(same(whole, joined));
}

TEST(SwarmSplit, OtherKernelsOfTheInterpreterGiveTheSameBits) {
  const Traced t = traced(kForsaken, "extragradient");
  SwarmOptions options;
  options.steps = 500;
  options.keep = kAll;
  const SwarmResult one = run_swarm(t, spread(300, 2, 1.4), options);
  for (const KernelSet& set : kernel_sets()) {
    const InterpreterBackend backend(set);
    options.backend = &backend;
    EXPECT_TRUE(same(one, run_swarm(t, spread(300, 2, 1.4), options))) << set.name;
  }
}

}  // namespace
}  // namespace gyre
