#pragma once

namespace gyre {

/// Radius factors on x*y that several rules share, as formulas of their step size.

/// Of whatever is optimism where the field is linear: the larger root of z^2 - (1 + 2 i eta) z + i
/// eta.
inline constexpr const char* kOptimismOnXy =
    "select(eta <= 0.5, sqrt((1 + sqrt(max(0, 1 - 4*eta^2)))/2), "
    "sqrt(0.25 + (eta + sqrt(max(0, eta^2 - 0.25)))^2))";

/// Of whatever is extragradient where nobody meets a wall.
inline constexpr const char* kExtragradientOnXy = "sqrt(1 - eta^2 + eta^4)";

}  // namespace gyre
