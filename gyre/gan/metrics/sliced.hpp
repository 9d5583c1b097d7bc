#pragma once

#include <cstdint>

#include "gyre/gan/metrics/features.hpp"

namespace gyre::gan {

/// The sliced Wasserstein distance (Rabin et al. 2011): the root of the mean, over directions drawn
/// from the seed, of the squared 2-Wasserstein distance of what is projected onto them, which is
/// that of the sorted numbers. In the samples' own units.
double sliced_wasserstein(const Features& a, const Features& b, int directions = 128,
                          std::uint64_t seed = 1);

}  // namespace gyre::gan
