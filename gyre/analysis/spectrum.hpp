#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace gyre {

/// Eigenvalues of the update map's Jacobian, memory included, at a fixed point of the game, largest
/// first.
struct Spectrum {
  std::vector<std::complex<double>> eigenvalues;
  /// So many eigenvalues of 1 belong to directions along which points that stand still form a line
  /// or a plane: nothing is to converge there.
  std::size_t neutral = 0;
  double radius = 0.0;  ///< of all others: the predicted factor on the distance, a step
};

}  // namespace gyre
