// For tests: swarms of random starts, and the same lanes written out for run().
#pragma once

#include <string>
#include <vector>

#include "gyre/core/random.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/engine/swarm.hpp"
#include "gyre/games/parse.hpp"

namespace gyre::testing {

inline constexpr const char* kXy = "min x max y: x*y";
inline constexpr const char* kForsaken =
    "min x max y: x*(y - 0.45) + phi(x) - phi(y); phi(z) = z^2/4 - z^4/2 + z^6/6";
inline constexpr SwarmKeep kAll{true, true, true, true, true, true, true};

inline Traced traced(const std::string& game, const std::string& rule) {
  return trace(parse_game(game), parse_pipe(rule));
}

/// Starts spread over a box of this half-width, by the lane's number alone.
inline SwarmLanes spread(std::size_t count, std::size_t dim, double half, std::uint64_t first = 0) {
  return {first, count, {}, [=](std::size_t from, std::size_t n, auto points, auto) {
            for (std::size_t l = 0; l < n; ++l) {
              Stream stream(7, "test", first + from + l);
              for (std::size_t i = 0; i < dim; ++i) points[i][l] = stream.uniform(-half, half);
            }
          }};
}

/// Lanes that begin at these places.
inline SwarmLanes at(std::vector<std::vector<double>> places) {
  const std::size_t count = places.size();
  return {0, count, {}, [places](std::size_t from, std::size_t n, auto points, auto) {
            for (std::size_t l = 0; l < n; ++l)
              for (std::size_t i = 0; i < points.size(); ++i) points[i][l] = places[from + l][i];
          }};
}

/// The same with a knob that grows evenly from lane to lane.
inline SwarmLanes with_knob(SwarmLanes lanes, const std::string& name, double from_value,
                            double to_value) {
  lanes.knobs = {name};
  const auto starts = lanes.fill;
  const auto count = static_cast<double>(lanes.count);
  lanes.fill = [=](std::size_t from, std::size_t n, auto points, auto values) {
    starts(from, n, points, values);
    for (std::size_t l = 0; l < n; ++l)
      values[0][l] = from_value + (to_value - from_value) * static_cast<double>(from + l) / count;
  };
  return lanes;
}

inline Lanes written_out(const SwarmLanes& lanes, std::size_t dim) {
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

}  // namespace gyre::testing
