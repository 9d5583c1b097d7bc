#pragma once

#include <memory>
#include <string>

#include "bench/race.hpp"
#include "gyre/program/backend.hpp"
#include "gyre/program/trace.hpp"

namespace gyre::bench {

/// A rule's step on a game, made ready for one backend, with lanes that start side by side.
class Stepping {
 public:
  Stepping(const std::string& game, const std::string& rule, const Backend& backend,
           std::size_t lanes);

  /// `steps` of every lane, from the starts again each time, so that nothing overflows in a long
  /// race; returns lane-steps.
  double run(std::size_t steps);

 private:
  Traced traced_;
  std::size_t lanes_;
  std::unique_ptr<Runner> runner_;
  std::vector<std::vector<double>> begin_;  ///< a state variable after the other
};

/// Places a start of a benchmark has: inside every game's region, no two lanes alike, far from
/// subnormal numbers.
double start_at(std::size_t lane, std::size_t coordinate);

}  // namespace gyre::bench
