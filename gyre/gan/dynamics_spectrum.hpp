#pragma once

#include <cstdint>

#include "gyre/gan/dynamics_log.hpp"
#include "gyre/gan/tensor_field.hpp"

namespace gyre::gan {

struct SpectrumOptions {
  int eigenvalues = 6;  ///< leading ones that are kept; one more where that would part conjugates
  int products = 30;    ///< for them; half as many again for each player's curvature
  std::uint64_t seed = 1;
};

/// The leading eigenvalues of the players' field's Jacobian at `w` and the ends of each player's
/// own curvature, by products alone, on the field's held sample. Games that are smaller than the
/// number of products are written out, and all is exact. Eigenvalues that are not known to a tenth
/// of their magnitude are left out. Nothing if a product is not finite. Of two players.
std::optional<SpectrumLook> spectrum_at(TensorField& field, const TensorPoint& w,
                                        const SpectrumOptions& options);

}  // namespace gyre::gan
