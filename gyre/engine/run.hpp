#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "gyre/core/outcome.hpp"
#include "gyre/program/backend.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

/// Trajectories to run side by side: a start for each, and knobs in which they differ.
struct Lanes {
  std::vector<std::vector<double>> starts;           ///< one point a lane
  std::map<std::string, std::vector<double>> knobs;  ///< by name, one value a lane
  /// Of rules with chance in them: a seed a lane, or none for the options' own, and the number of
  /// the first lane. Seed and number name what a lane draws, so lanes may be split up as one likes.
  std::vector<std::uint64_t> seeds = {};
  std::uint64_t first = 0;
  std::vector<std::uint64_t> numbers = {};  ///< of all lanes, where they do not follow each other

  std::size_t size() const { return starts.size(); }
};

/// Looks at a run as it goes. `see` may be called from several threads at once, each time for
/// another lane; it must not depend on which lanes run together.
class Observer {
 public:
  virtual ~Observer() = default;
  /// Sees step 0, every step that is a multiple of this, and the last one.
  virtual std::uint64_t every() const = 0;
  /// The reported point of a lane that is still running, or has just ended, at `step`.
  virtual void see(std::size_t lane, std::uint64_t step, std::span<const double> point) = 0;
};

/// The points of one lane, as far as they were asked for.
struct Recording {
  std::vector<std::uint64_t> steps;
  std::vector<double> points;  ///< `dim` numbers a step

  std::span<const double> at(std::size_t k, std::size_t dim) const {
    return std::span(points).subspan(k * dim, dim);
  }
};

/// Keeps every K-th point of every lane, or of those that were chosen: the others' stay empty.
class Recorder final : public Observer {
 public:
  Recorder(std::size_t lanes, std::uint64_t every)
      : every_(every), wanted_(lanes, true), recordings_(lanes) {}
  Recorder(std::size_t lanes, std::uint64_t every, std::span<const std::size_t> chosen);

  std::uint64_t every() const override { return every_; }
  void see(std::size_t lane, std::uint64_t step, std::span<const double> point) override;

  const std::vector<Recording>& recordings() const { return recordings_; }

 private:
  std::uint64_t every_;
  std::vector<bool> wanted_;
  std::vector<Recording> recordings_;
};

struct RunOptions {
  // The budget: whichever ends first.
  std::uint64_t steps = 10'000;
  double calls = std::numeric_limits<double>::infinity();  ///< whole-field calls a lane
  double seconds =
      std::numeric_limits<double>::infinity();  ///< of the wall clock; not reproducible

  std::uint64_t seed = 1;  ///< of rules with chance in them
  bool mean = false;       ///< leave chance out: run their mean maps

  double settle = 1e-9;  ///< residual and movement below which a run has settled
  double escape = 1e3;   ///< diverged beyond this many times (1 + length of the start)
  bool judge = true;     ///< look for an end before the budget, and judge; else just run

  /// Points to measure distances to: known critical points. A run is measured to the one that its
  /// path has at its centre, or that it settled at.
  std::vector<std::vector<double>> references;

  std::size_t threads = 1;           ///< 0: one for each core
  std::size_t block_lanes = 0;       ///< 0: what suits the cache. Changes no bit.
  const Backend* backend = nullptr;  ///< null: the interpreter

  std::vector<Observer*> observers;
  const std::atomic<bool>* cancel = nullptr;  ///< set it to stop soon with what there is
  /// Told now and then how far the slowest block is: steps done and to do, over all blocks.
  std::function<void(double done)> progress;
};

struct RunResult {
  std::vector<Outcome> outcomes;  ///< one a lane
  double seconds = 0.0;
  bool cancelled = false;
};

/// A seed as draws take it, below 2^52: those of that size are told apart.
double drawn_with(std::uint64_t seed);

/// Runs every lane to its end: the one loop. Same lanes, same bits, for any number of threads,
/// block size or instruction set. Throws Error for a start of the wrong length or one that is not
/// finite.
RunResult run(const Traced& traced, const Lanes& lanes, const RunOptions& options = {});

}  // namespace gyre
