#pragma once

#include <complex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gyre/games/game.hpp"
#include "gyre/plot/figure.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre::report {

/// The eigenvalues of one rule's update map at a critical point, as the step size grows.
struct SpectrumPath {
  std::string label;
  double eta = 0.0;                                     ///< the rule's own step size
  std::vector<std::complex<double>> now;                ///< there
  std::vector<double> etas;                             ///< rising
  std::vector<std::vector<std::complex<double>>> path;  ///< at each: in the same order throughout
};

/// Nothing where predict() has nothing to say, or the scheme has no step size.
std::optional<SpectrumPath> spectrum_path(const Game& game, const Pipe& rule,
                                          std::span<const double> at);

/// A panel a rule: the unit circle, inside of which a rule comes nearer with every step, where the
/// eigenvalues are, and how they move as the step size grows.
plot::Figure spectrum_figure(std::string title, std::span<const SpectrumPath> rules);

/// A rule's spectral radius at some step sizes.
struct RadiusCurve {
  std::string label;
  std::vector<double> eta, radius;
};

/// All of them over the step size, the first dozen in colour; below one, a rule converges.
plot::Figure radius_figure(std::string title, std::span<const RadiusCurve> rules);

}  // namespace gyre::report
