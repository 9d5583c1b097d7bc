#pragma once

#include <memory>
#include <vector>

#include "gyre/engine/near_cycle.hpp"
#include "gyre/engine/swarm.hpp"

namespace gyre {

/// Room for a block of lanes that step together. Those that end make room, and the others close up.
class SwarmBlock {
 public:
  SwarmBlock(const Traced& traced, const SwarmLanes& lanes, const SwarmOptions& options,
             const NearCycle& cycles, std::size_t size);

  /// Runs the lanes [first, first + count), fills in their entries, and adds those that somebody
  /// has to judge to `unexplained`. Ends early if cancelled.
  void run(std::size_t first, std::size_t count, SwarmResult& result,
           std::vector<std::size_t>& unexplained);

 private:
  void begin();
  void report();
  void look(std::uint64_t step);
  void measure();
  void measure_residual();
  void see_exits(std::uint64_t step);
  void see_cycles(std::uint64_t step);
  void remember_residual(std::uint64_t step);
  bool has_ended(std::size_t l, std::uint64_t step, Verdict& verdict) const;
  void end(std::size_t l, Verdict verdict, std::uint64_t step);
  void end_of_budget();
  void close_up();

  const Traced& traced_;
  const SwarmLanes& lanes_;
  const SwarmOptions& options_;
  const NearCycle& cycles_;
  std::size_t size_;
  std::vector<std::size_t> own_knobs_;  ///< by number in `traced`, in the order of the lanes' knobs
  std::vector<std::uint64_t> marks_;    ///< looks at which lanes must be on a cycle

  std::unique_ptr<Runner> start_, step_, output_, residual_;
  std::vector<std::span<const double>> reported_;
  std::vector<double> memory_;    ///< the columns of doubles below
  std::vector<double*> columns_;  ///< all that goes along when a lane moves
  std::vector<double*> before_, phase_;
  double *escape_, *early_residual_, *late_residual_;
  std::uint64_t early_ = 0, late_ = 0;  ///< the steps of those residuals
  std::vector<double> moved_, length_;  ///< squared, at this look
  std::vector<std::uint32_t> lane_, exit_;
  std::vector<std::int16_t> cycle_;  ///< on which the lane was at all marks so far
  std::vector<std::uint32_t> ended_;
  std::vector<double> point_;
  bool has_residual_ = false;  ///< at this look

  std::size_t first_ = 0, running_ = 0;
  SwarmResult* result_ = nullptr;
  std::vector<std::size_t>* unexplained_ = nullptr;
};

}  // namespace gyre
