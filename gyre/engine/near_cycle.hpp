#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "gyre/engine/swarm.hpp"

namespace gyre {

/// Finds the known cycle that a place is on.
class NearCycle {
 public:
  explicit NearCycle(const Attractors& attractors);

  struct Match {
    int cycle = -1;      ///< or none; those of a family are numbered behind those that attract
    double phase = 0.0;  ///< share of a turn from its first place
    double off = 0.0;    ///< how far from it, as a share of what is allowed
  };

  bool empty() const { return maps_.empty(); }
  /// The nearest cycle, if it is within 2 % of its half-width and what straight lines between its
  /// places leave out.
  Match at(std::span<const double> place) const;

  double longest_period() const;
  double period(int cycle) const { return maps_[static_cast<std::size_t>(cycle)].period; }

 private:
  /// Squares over the two widest coordinates, and for each the pieces of the cycle that pass near.
  struct Map {
    double period, tolerance;
    std::size_t count;                ///< of places
    std::vector<double> from, along;  ///< of each piece: where it begins, and its extent
    std::vector<double> per_length;   ///< 1 / its squared length, or 0
    std::array<std::size_t, 2> wide;
    std::array<double, 2> low, per_unit;
    std::array<std::size_t, 2> squares;
    std::vector<std::uint32_t> begin, pieces;
  };

  static Map draw(const Attractors::Cycle& cycle);

  std::vector<Map> maps_;
};

}  // namespace gyre
