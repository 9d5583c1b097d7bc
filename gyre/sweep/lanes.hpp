#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "gyre/program/trace.hpp"
#include "gyre/sweep/names.hpp"
#include "gyre/sweep/plan.hpp"

namespace gyre {

/// Neighbouring runs of a sweep that one program computes.
struct Variant {
  Pipe rule;
  Traced traced;
  std::vector<std::string> knobs;  ///< in which its runs differ

  /// What an axis or draw moves: a coordinate or knob by its place, or nothing that this program
  /// sees, such as the seed.
  struct Target {
    enum class To { kCoordinate, kKnob, kSeed, kNothing } to = To::kNothing;
    std::size_t index = 0;
  };
  std::vector<Target> axes, draws;
  std::optional<std::size_t> seed_knob;  ///< where chance is in the rule and seeds differ
};

/// The runs of a plan by number: the first axis is the slowest. The plan must outlive it.
class SweepLanes {
 public:
  explicit SweepLanes(const SweepPlan& plan);

  std::uint64_t size() const { return size_; }
  /// Runs [v * each(), (v + 1) * each()) belong to variant v.
  std::uint64_t each() const { return each_; }
  std::uint64_t variants() const { return size_ / each_; }
  /// Traced when first asked for; any thread may ask. Throws Error as trace() does.
  const Variant& variant(std::uint64_t v);

  /// Coordinates of the starts of runs [from, from + n), which are all of the variant, and their
  /// knobs: a row for each. Starts outside of the game's domain are moved onto it.
  void fill(const Variant& variant, std::uint64_t from, std::size_t n,
            std::span<double* const> points, std::span<double* const> knobs) const;

  /// What the run drew, a number for each draw.
  std::vector<double> drawn(std::uint64_t lane) const;

 private:
  std::unique_ptr<Variant> made(std::uint64_t v) const;
  std::uint64_t place(std::size_t axis, std::uint64_t lane) const {
    return lane / strides_[axis] % sizes_[axis];
  }

  const SweepPlan& plan_;
  std::vector<std::uint64_t> sizes_, strides_;
  std::uint64_t size_ = 1, each_ = 1;
  std::vector<std::unique_ptr<Variant>> variants_;
  std::mutex mutex_;
};

}  // namespace gyre
