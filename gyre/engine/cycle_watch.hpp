#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "gyre/engine/near_cycle.hpp"
#include "gyre/engine/swarm.hpp"

namespace gyre {

/// Watches which lanes of a block are on known cycles, at a few looks: at three before the end of
/// the budget, or, where lanes are to end on cycles, at regular ones.
class CycleWatch {
 public:
  CycleWatch(const NearCycle& cycles, const SwarmOptions& options, std::size_t lanes);

  void begin();
  /// Whether lanes are to be seen at this look.
  bool due(std::uint64_t step) const;

  /// A cycle (none: -1) and the steps in which the lane goes around it.
  struct Found {
    int cycle = -1;
    double period = kUnknown;
  };

  /// Notes where a lane is. A cycle if that ends the lane.
  Found see(std::size_t lane, std::uint64_t step, std::span<const double> place);
  /// At the end of the budget: a cycle if the lane was on it at all looks lately.
  Found at_end(std::size_t lane, std::span<const double> place) const;
  /// Lane `from` is from now on called `to`.
  void move(std::size_t to, std::size_t from);

 private:
  bool is_check(std::uint64_t step) const { return step > 0 && step % spacing_ == 0; }
  Found found(std::size_t lane, std::uint64_t step, const NearCycle::Match& now) const;

  static constexpr std::size_t kMarks = 3;
  /// Where a lane was, as a share of a turn, at the last looks of three kinds, nearest last.
  struct Seen {
    std::int16_t cycle;
    std::uint8_t streak;
    std::array<float, kMarks> phases;
  };

  const NearCycle& cycles_;
  bool early_;
  std::uint64_t steps_, spacing_ = 1;
  std::vector<std::uint64_t> marks_;             ///< in ascending order
  std::array<std::uint64_t, kMarks> seen_at_{};  ///< the steps of the phases
  std::vector<Seen> seen_;
};

}  // namespace gyre
