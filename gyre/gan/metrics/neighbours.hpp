#pragma once

#include "gyre/gan/metrics/features.hpp"

namespace gyre::gan {

/// What balls around samples say, each as far as its k-th nearest of the same kind, itself not
/// counted, with the rim.
struct Neighbourhood {
  double precision = 0.0;  ///< share of made samples within a real one's ball: are they real?
  double recall = 0.0;     ///< share of real samples within a made one's ball: are all made?
  double density = 0.0;  ///< real balls around a made sample, over k; above 1 where real ones crowd
  double coverage = 0.0;  ///< share of real samples with a made one within their ball
};

/// Improved precision and recall (Kynkäänniemi et al. 2019) by the `near`-th neighbour, density and
/// coverage (Naeem et al. 2020) by the `far`-th. Needs more samples of each than those; costs their
/// number squared. Distances are of floats; the same bits for any number of threads.
Neighbourhood neighbourhood(const Features& real, const Features& made, int near = 3, int far = 5,
                            int threads = 1);

}  // namespace gyre::gan
