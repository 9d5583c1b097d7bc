#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <atomic>
#include <thread>

#include "bench/dense_game.hpp"
#include "bench/report.hpp"
#include "bench/steps.hpp"
#include "gyre/analysis/attractors.hpp"
#include "gyre/core/error.hpp"
#include "gyre/engine/swarm.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/rules/catalogue.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre::bench {

namespace {

/// A plane of starts over a box, first coordinate fastest.
SwarmLanes plane(std::size_t side, double low, double high) {
  SwarmLanes lanes;
  lanes.count = side * side;
  lanes.fill = [=](std::size_t from, std::size_t n, std::span<double* const> points,
                   std::span<double* const>) {
    const double width = (high - low) / static_cast<double>(side - 1);
    for (std::size_t l = 0; l < n; ++l) {
      points[0][l] = low + width * static_cast<double>((from + l) % side);
      points[1][l] = low + width * static_cast<double>((from + l) / side);
    }
  };
  return lanes;
}

/// Lane-steps a second of two threads over one, each with lanes of its own.
LimitRow two_threads(const BenchOptions& options) {
  LimitRow row{"two threads over one, extragradient on forsaken", "times", 0.0, 1.9, true};
  std::array<Stepping, 2> own{Stepping("forsaken", "extragradient", *options.compiled, 512),
                              Stepping("forsaken", "extragradient", *options.compiled, 512)};
  const std::size_t steps = options.quick ? 1'000 : 40'000;
  const std::array<Work, 2> work{[&] { return own[0].run(steps); },
                                 [&] {
                                   double other = 0.0;
                                   std::jthread beside([&] { other = own[1].run(steps); });
                                   const double mine = own[0].run(steps);
                                   beside.join();
                                   return mine + other;
                                 }};
  const std::vector<double> rates = race(work, options.quick ? 0.02 : 1.0);
  row.measured = rates[1] / rates[0];
  return row;
}

/// Seconds to make a rule's programs on a game ready to run, with nothing kept from before.
double compile_seconds(const Game& game, const std::string& rule) {
  const Traced traced = trace(game, parse_pipe(rule));
  const JitBackend fresh;
  return seconds_of([&] {
    for (const Program* p : {&traced.start, &traced.step, &traced.output, &traced.residual})
      fresh.runner(*p, 64);
  });
}

LimitRow compile_small(const BenchOptions& options) {
  LimitRow row{"compiling for two variables, the slowest rule on forsaken", "ms", 0.0, 20.0};
  const Game game = catalogue_game("forsaken");
  compile_seconds(game, "simultaneous");  // LLVM itself is loaded once a process
  std::size_t rules = 0;
  for (const StageFacts& stage : rule_catalogue()) {
    if (options.cancel && *options.cancel) break;
    double seconds = 0.0;
    try {
      seconds = compile_seconds(game, stage.facts.id);
    } catch (const Error&) {
      continue;  // the rule is for games of another kind
    }
    ++rules;
    if (1e3 * seconds > row.measured) row.measured = 1e3 * seconds, row.detail = stage.facts.id;
    if (options.quick && rules == 10) break;
  }
  row.detail = fmt::format("{}, of {} rules", row.detail, rules);
  return row;
}

LimitRow compile_large(const BenchOptions& options) {
  LimitRow row{"compiling for 40 variables, all coupled", "ms", 0.0, 1000.0};
  const Game game = parse_game(dense_game(40));
  for (const char* rule : {"extragradient", "adam | optimistic", "conopt", "lookahead", "cgd"}) {
    if (options.cancel && *options.cancel) break;
    const double seconds = compile_seconds(game, rule);
    if (1e3 * seconds > row.measured) row.measured = 1e3 * seconds, row.detail = rule;
    if (options.quick) break;
  }
  return row;
}

/// The most memory that this process has ever held, in bytes.
double peak_memory() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_maxrss) * 1024.0;
}

std::vector<LimitRow> basin(const BenchOptions& options) {
  const std::size_t side = options.quick ? 100 : 1'000;
  const Game game = catalogue_game("forsaken");
  const Traced traced = trace(game, parse_pipe("extragradient"));
  SwarmLanes lanes = plane(side, -1.5, 1.5);
  SwarmOptions run;
  run.steps = 2'000;
  run.end_on_cycles = true;
  run.threads = options.threads;
  run.backend = options.compiled;
  run.cancel = options.cancel;
  double before = 0.0, seconds = 0.0, outputs = 0.0;
  SwarmResult result;
  std::size_t cycles = 0;
  seconds = seconds_of([&] {
    const AttractorOptions pilots{
        .steps = 4 * run.steps, .threads = run.threads, .backend = run.backend};
    const std::vector<std::vector<double>> known{game.points.empty() ? game.start
                                                                     : game.points.front().at};
    const Attractors found = find_attractors(traced, lanes, known, pilots);
    cycles = found.cycles.size();
    run.attractors = &found;
    before = peak_memory();
    result = run_swarm(traced, lanes, run);
    run.attractors = nullptr;
  });
  outputs = static_cast<double>(result.outcome.capacity() * sizeof(result.outcome[0]) +
                                result.attractor.capacity() * sizeof(result.attractor[0]) +
                                result.steps.capacity() * sizeof(result.steps[0]));
  const double count = static_cast<double>(lanes.count);
  return {{fmt::format("a {} x {} basin of forsaken, 2000 steps a lane", side, side), "s", seconds,
           1.0, false,
           fmt::format("{:.3g} million lanes a second, {} of them judged once more",
                       count / seconds / 1e6, result.judged)},
          {"memory of that map beside its outputs", "bytes a lane",
           std::max(0.0, peak_memory() - before - outputs) / count, 40.0}};
}

}  // namespace

std::vector<LimitRow> measure_limits(const BenchOptions& options) {
  std::vector<LimitRow> rows;
  const auto tell = [&](const char* what) {
    if (options.progress) options.progress(what);
    return options.cancel && *options.cancel;
  };
  if (tell("two threads")) return rows;
  rows.push_back(two_threads(options));
  if (tell("the basin of forsaken")) return rows;
  for (LimitRow& row : basin(options)) rows.push_back(std::move(row));
  if (tell("compiling")) return rows;
  rows.push_back(compile_small(options));
  if (tell("compiling")) return rows;
  rows.push_back(compile_large(options));
  return rows;
}

}  // namespace gyre::bench
