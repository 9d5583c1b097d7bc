#include <algorithm>
#include <cmath>

#include "gyre/core/text.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/report/play.hpp"

namespace gyre::report {

namespace {

constexpr double kLargestEta = 0.6;
constexpr int kEtas = 60;

std::string rule_with(const char* scheme, double eta) {
  return std::string(scheme) + "(eta=" + number(eta) + ")";
}

Spectrum spectrum_of(const Game& game, const std::string& rule) {
  return predict(trace(game, parse_pipe(rule)), std::vector{0.0, 0.0}).value();
}

/// The largest eigenvalue, in the upper half, for step sizes from 0 on, where nothing moves.
Eigenpath eigenpath_of(const Game& game, const char* scheme) {
  Eigenpath path{.key = scheme, .etas = {0.0}, .real = {1.0}, .imaginary = {0.0}, .radius = {1.0}};
  for (int i = 1; i <= kEtas; ++i) {
    const double eta = kLargestEta * i / kEtas;
    const Spectrum spectrum = spectrum_of(game, rule_with(scheme, eta));
    const std::complex<double> top = spectrum.eigenvalues.at(0);
    path.etas.push_back(eta);
    path.real.push_back(top.real());
    path.imaginary.push_back(std::abs(top.imag()));
    path.radius.push_back(spectrum.radius);
  }
  return path;
}

}  // namespace

Why ask_why(const Game& game, double eta, const Start& start, std::uint64_t steps,
            const Means& means) {
  Why why{.eta = eta};
  const Traced plain = trace(game, parse_pipe(rule_with("simultaneous", eta)));
  const Traced taking_turns = trace(game, parse_pipe(rule_with("alternating", eta)));
  why.spectrum = predict(plain, std::vector{0.0, 0.0}).value();
  why.alternating_spectrum = predict(taking_turns, std::vector{0.0, 0.0}).value();

  // The Jacobian of a step: derivatives of the step's own formulas.
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      const Expr entry = derivative(plain.next[i], plain.state_symbols[j]);
      why.update_map_formulas.push_back(entry);
      why.update_map[i][j] = evaluate(entry, {{plain.state_symbols[0], 0.0},
                                              {plain.state_symbols[1], 0.0},
                                              {plain.knob_symbols[0], eta}});
    }
  }
  for (const char* scheme : {"simultaneous", "alternating", "extragradient", "optimistic"})
    why.eigenpaths.push_back(eigenpath_of(game, scheme));

  Lanes lanes;
  lanes.starts = {{start[0], start[1]}};
  why.plain = paths_of(plain, lanes, steps, means)[0];
  why.turns_taken = paths_of(taking_turns, lanes, steps, means)[0];
  for (std::size_t i = 0; i < why.plain.size(); ++i) {
    const double x = why.plain.x[i], y = why.plain.y[i];
    why.plain_square.push_back(x * x + y * y);
  }
  why.reach_low = HUGE_VAL;
  for (std::size_t i = 0; i < why.turns_taken.size(); ++i) {
    const double x = why.turns_taken.x[i], y = why.turns_taken.y[i];
    why.alternating_square.push_back(x * x + y * y);
    why.kept.push_back(x * x + y * y - eta * x * y);
    why.reach_low = std::min(why.reach_low, std::hypot(x, y));
    why.reach_high = std::max(why.reach_high, std::hypot(x, y));
    if (i == 0) continue;
    why.worst_drift_a_step =
        std::max(why.worst_drift_a_step, std::abs(why.kept[i] / why.kept[i - 1] - 1.0));
    why.whole_drift = std::max(why.whole_drift, std::abs(why.kept[i] / why.kept[0] - 1.0));
  }
  return why;
}

}  // namespace gyre::report
