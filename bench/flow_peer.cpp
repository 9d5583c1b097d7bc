#include "bench/flow_peer.hpp"

#include <array>

#ifdef GYRE_ODEINT
#include <boost/numeric/odeint/integrate/integrate_n_steps.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta4.hpp>
#endif

namespace gyre::bench {

#ifdef GYRE_ODEINT

bool has_odeint() { return true; }

double odeint_flow(std::size_t lanes, std::size_t steps) {
  using State = std::array<double, 2>;
  boost::numeric::odeint::runge_kutta4<State> stepper;
  const auto field = [](const State& w, State& slope, double) {
    slope[0] = -w[1];
    slope[1] = w[0];
  };
  double sum = 0.0;
  for (std::size_t l = 0; l < lanes; ++l) {
    State w{1.0 + 1e-3 * static_cast<double>(l), 1.0};
    boost::numeric::odeint::integrate_n_steps(stepper, field, w, 0.0, 0.1, steps);
    sum += w[0] + w[1];
  }
  return sum;
}

#else

bool has_odeint() { return false; }
double odeint_flow(std::size_t, std::size_t) { return 0.0; }

#endif

}  // namespace gyre::bench
