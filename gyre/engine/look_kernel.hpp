#pragma once

#include <cstddef>

namespace gyre {

/// What a look takes in of a block of lanes: a run of lanes for each coordinate.
struct LookSight {
  std::size_t dim = 0, lanes = 0;
  const double* const* now = nullptr;
  double* const* before = nullptr;             ///< at the last look; becomes `now`
  const double* escape = nullptr;              ///< squared length beyond which a lane has diverged
  double still = 0.0;                          ///< see below
  double *moved = nullptr, *length = nullptr;  ///< filled in: how far, and how long, both squared
};

/// Fills in `moved` and `length`. Returns how many lanes have something to say: those that are not
/// within `escape`, and those that moved, squared, by no more than `still * (1 + length)`. Compiled
/// once for each instruction set, all with the same bits.
using LookKernel = std::size_t (*)(const LookSight&);

/// The best one for this machine.
LookKernel look_kernel();

}  // namespace gyre
