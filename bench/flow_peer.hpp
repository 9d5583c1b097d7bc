#pragma once

#include <cstddef>

namespace gyre::bench {

/// Whether Boost.odeint was there when this was built.
bool has_odeint();

/// Classical Runge-Kutta steps on the flow of x*y by Boost.odeint, `lanes` independent points one
/// after the other, each for `steps` steps: the way its tutorials write it. Returns the sum of the
/// ends, so that nothing is left out.
double odeint_flow(std::size_t lanes, std::size_t steps);

}  // namespace gyre::bench
