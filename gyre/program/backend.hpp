#pragma once

#include <memory>
#include <span>
#include <string>

#include "gyre/program/program.hpp"

namespace gyre {

/// A program made ready to run on a block of lanes. What a lane computes depends on nothing but
/// its own inputs.
class Runner {
 public:
  virtual ~Runner() = default;

  /// Lanes there is room for: a multiple of kLaneQuantum.
  virtual std::size_t lanes() const = 0;
  virtual std::span<double> input(std::size_t i) = 0;
  virtual std::span<const double> output(std::size_t i) const = 0;

  /// Once; or, of a program that loops, `times` over. Only the first `lanes` of the block count,
  /// rounded up as suits the runner: the others may or may not be run as well.
  virtual void run(std::size_t times, std::size_t lanes) = 0;
  void run(std::size_t times = 1) { run(times, lanes()); }
};

/// A way of running programs. The runners of one backend give the same bits for the same lane in
/// any block; those of two backends agree as far as both of them state.
class Backend {
 public:
  virtual ~Backend() = default;
  /// What ran, for results and manifests: "interpreter (avx512)".
  virtual std::string name() const = 0;
  /// Told which programs are about to be run, to make them ready together: that is faster than one
  /// by one, and changes nothing else.
  virtual void prepare(std::span<const Program* const> programs) const { (void)programs; }
  /// The program must outlive the runner.
  virtual std::unique_ptr<Runner> runner(const Program& program, std::size_t lanes) const = 0;
};

}  // namespace gyre
