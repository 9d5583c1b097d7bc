// Steps a second on one core, in double, for rules traced with their games. `items_per_second`
// counts steps of all players on one lane. The trajectories stay alive (no decay to subnormal
// numbers, no overflow), or the figures would measure those.
#include <benchmark/benchmark.h>

#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/program/interpreter.hpp"

namespace {

using namespace gyre;

constexpr const char* kXy = "min x max y: x*y";
constexpr const char* kForsaken =
    "min x max y: x*(y - 0.45) + phi(x) - phi(y); phi(z) = z^2/4 - z^4/2 + z^6/6";
constexpr const char* kDirac = "min t max p: -softplus(-t*p)";

Lanes lanes_around(std::size_t count) {
  Lanes lanes;
  for (std::size_t l = 0; l < count; ++l) {
    Stream s(1, "start", l);
    lanes.starts.push_back({s.uniform(-1, 1), s.uniform(-1, 1)});
  }
  return lanes;
}

/// The whole engine: every check, verdict and record that a user's run has.
void Run(benchmark::State& state, const char* game, const char* rule, bool judge,
         std::uint64_t budget = 20'000) {
  const Game g = parse_game(game);
  const Traced traced = trace(g, parse_pipe(rule));
  const Lanes lanes = lanes_around(static_cast<std::size_t>(state.range(0)));
  RunOptions options;
  options.steps = budget;
  options.judge = judge;
  options.escape = 1e30;
  options.references = {{0.0, 0.0}};
  std::uint64_t steps = 0;
  for (auto _ : state) {
    const RunResult result = run(traced, lanes, options);
    for (const Outcome& o : result.outcomes) steps += o.steps;
    benchmark::DoNotOptimize(result.outcomes.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(steps));
}

/// The interpreter alone, for each instruction set.
void Kernels(benchmark::State& state, const char* game, const char* rule, std::size_t set) {
  if (set >= kernel_sets().size()) {
    state.SkipWithError("this machine has no such instruction set");
    return;
  }
  const Game g = parse_game(game);
  const Traced traced = trace(g, parse_pipe(rule));
  Interpreter step(traced.step, lanes_a_block(traced.step), kernel_sets()[set]);
  for (std::size_t l = 0; l < step.lanes(); ++l) step.input(0)[l] = 0.6, step.input(1)[l] = 0.7;
  for (std::size_t k = 0; k < traced.knobs.size(); ++k)
    for (double& x : step.input(traced.state() + k)) x = 1e-9;
  constexpr std::size_t kSteps = 10'000;
  for (auto _ : state) step.run(kSteps);
  state.SetLabel(std::string(kernel_sets()[set].name));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kSteps * step.lanes()));
}

/// What a person would write: one trajectory, a loop, two numbers.
void ScalarLoop(benchmark::State& state) {
  double x = 0.6, y = 0.7;
  const double eta = 1e-9;
  for (auto _ : state) {
    for (int i = 0; i < 10'000; ++i) {
      const double next = x - eta * y;
      y = y + eta * x;
      x = next;
    }
    benchmark::DoNotOptimize(x);
    benchmark::DoNotOptimize(y);
  }
  state.SetItemsProcessed(state.iterations() * 10'000);
}

BENCHMARK(ScalarLoop);
BENCHMARK_CAPTURE(Run, simultaneous_xy, kXy, "simultaneous(1e-4)", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, simultaneous_xy_long, kXy, "simultaneous(1e-4)", true, 200'000)->Arg(4096);
BENCHMARK_CAPTURE(Run, simultaneous_xy_unjudged, kXy, "simultaneous(1e-4)", false)->Arg(4096);
BENCHMARK_CAPTURE(Run, alternating_xy, kXy, "alternating", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, extragradient_xy, kXy, "extragradient(1e-4)", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, optimistic_xy, kXy, "optimistic(1e-4)", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, adam_forsaken, kForsaken, "adam | simultaneous(0.01)", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, conopt_forsaken, kForsaken, "conopt(0.01) | gda(0.01)", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, lookahead_forsaken, kForsaken, "gda(0.01) | lookahead", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, simultaneous_dirac, kDirac, "simultaneous(0.01)", true)->Arg(4096);
BENCHMARK_CAPTURE(Run, one_lane_xy, kXy, "simultaneous(1e-4)", true)->Arg(1);
BENCHMARK_CAPTURE(Kernels, best_xy, kXy, "simultaneous", 0);
BENCHMARK_CAPTURE(Kernels, second_xy, kXy, "simultaneous", 1);
BENCHMARK_CAPTURE(Kernels, third_xy, kXy, "simultaneous", 2);

}  // namespace
