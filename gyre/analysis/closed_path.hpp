#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gyre/engine/swarm.hpp"

namespace gyre {

/// How many steps closed_path() wants to see of a lane that turns in about `period` of them.
std::uint64_t steps_to_close(double period);

/// The cycle that a lane follows which comes by these places, step by step, and turns in about
/// `period` steps; a cycle that closes after several turns is as long as all of them. Nothing if
/// the lane does not go on following it.
std::optional<Attractors::Cycle> closed_path(const std::vector<std::vector<double>>& places,
                                             double period);

}  // namespace gyre
