#include <array>
#include <cmath>

#include "bench/dense_game.hpp"
#include "bench/report.hpp"
#include "bench/steps.hpp"
#include "gyre/engine/swarm.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre::bench {

namespace {

/// How the cost of a lane falls as there are more of them: whole maps, ends judged, all cores.
std::vector<CurveRow> over_lanes(const BenchOptions& options) {
  const Traced traced = trace(catalogue_game("xy"), parse_pipe("extragradient(eta=0.01)"));
  std::vector<CurveRow> rows;
  const double most = options.quick ? 1e4 : 1e8;
  for (double lanes = 1.0; lanes <= most; lanes *= 10.0) {
    if (options.cancel && *options.cancel) break;
    if (options.progress) options.progress("cost over lanes");
    SwarmLanes many;
    many.count = static_cast<std::size_t>(lanes);
    many.fill = [](std::size_t from, std::size_t n, std::span<double* const> points,
                   std::span<double* const>) {
      for (std::size_t l = 0; l < n; ++l)
        points[0][l] = start_at(from + l, 0), points[1][l] = start_at(from + l, 1);
    };
    SwarmOptions run;
    run.steps = 256;
    run.settle = 0.0;  // all go all the way
    run.judge = false;
    run.keep = {.outcome = true, .attractor = false, .steps = false};
    run.threads = options.threads;
    run.backend = options.compiled;
    run.cancel = options.cancel;
    double best = 0.0, spent = 0.0;
    run_swarm(traced, many, run);
    while (spent < (options.quick ? 0.01 : 0.2)) {
      const double seconds = seconds_of([&] { run_swarm(traced, many, run); });
      spent += seconds;
      best = std::max(best, lanes * 256.0 / seconds);
      if (lanes >= 1e7) break;
    }
    rows.push_back({"lanes", "xy", "extragradient", lanes, best});
  }
  return rows;
}

/// How it grows with the number of variables, every one coupled with every other: one core.
std::vector<CurveRow> over_variables(const BenchOptions& options) {
  std::vector<CurveRow> rows;
  for (const int variables : {2, 4, 10, 20, 40, 100}) {
    if (options.cancel && *options.cancel) break;
    if (options.quick && variables > 10) break;
    if (options.progress) options.progress("cost over variables");
    std::unique_ptr<Stepping> stepping;
    const double compiling = seconds_of([&] {
      stepping = std::make_unique<Stepping>(dense_game(variables), "simultaneous(eta=0.01)",
                                            *options.compiled, 512);
    });
    const std::size_t steps = static_cast<std::size_t>(40'000 / (variables * variables)) + 1;
    const std::array<Work, 1> work{[&] { return stepping->run(steps); }};
    rows.push_back({"variables", "every pair coupled", "simultaneous",
                    static_cast<double>(variables), race(work, options.quick ? 0.02 : 0.2).front(),
                    compiling});
  }
  return rows;
}

}  // namespace

std::vector<CurveRow> measure_curves(const BenchOptions& options) {
  std::vector<CurveRow> rows = over_lanes(options);
  for (CurveRow& row : over_variables(options)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace gyre::bench
