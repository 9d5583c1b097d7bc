#pragma once

#include <memory>
#include <vector>

#include "gyre/engine/cycle_watch.hpp"
#include "gyre/engine/look_kernel.hpp"
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
  void begin_chance();
  void report();
  std::span<const double> point_of(std::size_t l);
  void look(std::uint64_t step);
  void measure_residual();
  void see_exits(std::uint64_t step);
  void see_cycles(std::uint64_t step);
  void remember_residual(std::uint64_t step);
  bool has_ended(std::size_t l, std::uint64_t step, Verdict& verdict) const;
  void end(std::size_t l, Verdict verdict, std::uint64_t step);
  void end_on_cycle(std::size_t l, const CycleWatch::Found& found, std::uint64_t step);
  void end_of_budget();
  void close_up();

  const Traced& traced_;
  const SwarmLanes& lanes_;
  const SwarmOptions& options_;
  std::size_t size_;
  CycleWatch watch_;
  /// By number in `traced`, in the order of the lanes' knobs; the seed is behind the last.
  std::vector<std::size_t> own_knobs_;
  std::vector<double> seeds_;

  std::unique_ptr<Runner> start_, step_, output_, residual_;
  std::vector<std::span<const double>> reported_;
  std::vector<const double*> now_;  ///< the same
  LookKernel see_ = look_kernel();
  std::vector<double> memory_;    ///< the columns of doubles below
  std::vector<double*> columns_;  ///< all that goes along when a lane moves
  std::vector<double*> before_;
  double *escape_, *early_residual_, *late_residual_;
  std::uint64_t early_ = 0, late_ = 0;  ///< the steps of those residuals
  std::vector<double> moved_, length_;  ///< squared, at this look
  std::vector<std::uint32_t> lane_, exit_;
  std::vector<std::uint32_t> ended_;
  std::vector<double> point_;
  bool has_residual_ = false;  ///< at this look

  std::size_t first_ = 0, running_ = 0;
  SwarmResult* result_ = nullptr;
  std::vector<std::size_t>* unexplained_ = nullptr;
};

}  // namespace gyre
