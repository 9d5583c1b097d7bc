#include "gyre/engine/swarm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <numbers>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

constexpr const char* kXy = "min x max y: x*y";
constexpr const char* kForsaken =
    "min x max y: x*(y - 0.45) + phi(x) - phi(y); phi(z) = z^2/4 - z^4/2 + z^6/6";

constexpr SwarmKeep kAll{true, true, true, true, true, true, true};

/// Starts spread over a box of this half-width, by the lane's number alone.
SwarmLanes spread(std::size_t count, std::size_t dim, double half, std::uint64_t first = 0) {
  return {first, count, {}, [=](std::size_t from, std::size_t n, auto points, auto) {
            for (std::size_t l = 0; l < n; ++l) {
              Stream stream(7, "test", first + from + l);
              for (std::size_t i = 0; i < dim; ++i) points[i][l] = stream.uniform(-half, half);
            }
          }};
}

Lanes written_out(const SwarmLanes& lanes, std::size_t dim) {
  std::vector<std::vector<double>> columns(dim + lanes.knobs.size(),
                                           std::vector<double>(lanes.count));
  std::vector<double*> points, values;
  for (std::size_t i = 0; i < columns.size(); ++i)
    (i < dim ? points : values).push_back(columns[i].data());
  lanes.fill(0, lanes.count, points, values);
  Lanes all;
  for (std::size_t l = 0; l < lanes.count; ++l) {
    all.starts.emplace_back();
    for (std::size_t i = 0; i < dim; ++i) all.starts[l].push_back(columns[i][l]);
  }
  for (std::size_t k = 0; k < lanes.knobs.size(); ++k) all.knobs[lanes.knobs[k]] = columns[dim + k];
  return all;
}

Traced traced(const char* game, const char* rule) {
  return trace(parse_game(game), parse_pipe(rule));
}

TEST(Swarm, VerdictsStepsAndPlacesAreThoseOfRun) {
  for (const char* game : {kXy, kForsaken, "x: x + x^3/3; y: y^2/2"})
    for (const char* rule :
         {"gda", "eg(0.3)", "ogda", "alternating(0.05)", "adam | extragradient", "gda | average"}) {
      const Traced t = traced(game, rule);
      const SwarmLanes lanes = spread(300, 2, 1.4);
      SwarmOptions options;
      options.steps = 1'500;
      options.keep = kAll;
      RunOptions run_options;
      run_options.steps = options.steps;
      const SwarmResult swarm = run_swarm(t, lanes, options);
      const RunResult careful = run(t, written_out(lanes, 2), run_options);
      for (std::size_t l = 0; l < lanes.count; ++l) {
        const Outcome& o = careful.outcomes[l];
        ASSERT_EQ(static_cast<Verdict>(swarm.outcome[l]), o.verdict) << game << rule << l;
        ASSERT_EQ(swarm.steps[l], o.steps) << game << rule << l;
        ASSERT_EQ(std::memcmp(&swarm.last[2 * l], o.last.data(), 2 * sizeof(double)), 0)
            << game << rule << l;
      }
    }
}

}  // namespace
}  // namespace gyre
