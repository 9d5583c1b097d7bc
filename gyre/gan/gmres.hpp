#pragma once

#include <functional>

#include "gyre/gan/tensor_point.hpp"

namespace gyre::gan {

/// The u with A(u) = b for a linear A, by GMRES from zero (Saad, Schultz 1986), orthogonalised
/// twice: as close as `iterations` products bring it, done where the residual is `tolerance` times
/// b. Systems with as many unknowns as products are solved to rounding, with a second round on
/// what is left. Not finite where A turns out singular.
TensorPoint gmres(const std::function<TensorPoint(const TensorPoint&)>& A, const TensorPoint& b,
                  int iterations, double tolerance);

}  // namespace gyre::gan
