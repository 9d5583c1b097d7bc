#pragma once

#include "gyre/engine/path.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

/// What a thread lends to one block after the other.
struct BlockMemory {
  History history;
  Tail tail;
};

/// Runs the lanes [first, first + count) side by side to their ends.
class Block {
 public:
  Block(const Traced& traced, const Lanes& lanes, const RunOptions& options, std::size_t first,
        std::size_t count, BlockMemory& memory);

  /// Fills `outcomes[first...]`. `stop` is asked now and then whether to end early, and is told the
  /// share of the budget that is done.
  void run(std::vector<Outcome>& outcomes, const std::function<Stopped(double)>& stop);

 private:
  void begin();
  void begin_chance();
  /// Steps until something has to be looked at.
  std::uint64_t next_look(std::uint64_t step) const;
  void look(std::uint64_t step, std::vector<Outcome>& outcomes);
  void check(std::uint64_t step, std::vector<Outcome>& outcomes);
  void finish(std::size_t lane, Verdict verdict, std::uint64_t step, Outcome& outcome);
  void judge(std::uint64_t step, Stopped stopped, std::vector<Outcome>& outcomes);
  void report();
  void rewind_finished();
  void tell(std::uint64_t step, bool ending, std::size_t lane);
  std::span<const double> point_of(std::size_t lane);

  const Traced& traced_;
  const Lanes& lanes_;
  const RunOptions& options_;
  std::size_t first_, count_;
  std::uint64_t steps_;  ///< the budget, field calls included

  std::unique_ptr<Runner> start_, step_, output_, residual_;
  std::vector<std::span<const double>> reported_;  ///< a run of lanes for each coordinate
  std::vector<double> before_, moved_, length_;    ///< at the last check; the last two squared
  std::vector<double> point_, origin_;
  std::vector<double> escape_;  ///< squared length beyond which a lane has diverged
  std::vector<bool> done_;
  std::size_t running_;
  std::uint64_t checked_ = ~std::uint64_t{0};  ///< the last step that was
  History& history_;
  Tail& tail_;
};

}  // namespace gyre
