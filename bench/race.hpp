#pragma once

#include <functional>
#include <span>
#include <vector>

namespace gyre::bench {

/// Does some work and says how much it was: lane-steps, as a rule.
using Work = std::function<double()>;

/// Work a second of every contestant: they take turns until about `seconds` have passed for each,
/// and the best turn counts. Taking turns spreads what else the machine does over all of them.
std::vector<double> race(std::span<const Work> contestants, double seconds);

/// The wall clock's seconds that this takes.
double seconds_of(const std::function<void()>& work);

}  // namespace gyre::bench
