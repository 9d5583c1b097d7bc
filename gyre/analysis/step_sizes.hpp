#pragma once

#include <optional>
#include <span>

#include "gyre/program/trace.hpp"

namespace gyre {

/// What a rule does near one critical point, as far as the spectrum of its update map tells. The
/// step size is the scheme's `eta`; every other parameter stays as the pipe has it.
struct StepSizes {
  double radius = 0.0;  ///< predicted factor on the distance a step, at the pipe's own step size
  double steps = 0.0;   ///< predicted steps for a factor of 1e-6; infinite where radius >= 1
  /// The point attracts for small step sizes and up to this one, by bisection to 1e-10; 0 if it
  /// attracts for none, infinite if for all up to the largest that is looked at.
  double eta_limit = 0.0;
  double eta_best = 0.0;     ///< the step size with the least radius below the limit
  double radius_best = 0.0;  ///< its radius; 1 or more where nothing converges
};

/// `at` must be a critical point of the traced game. Directions along which the critical points
/// form a line or plane are left out: nothing is to converge there. Nothing where predict() has
/// nothing to say: no slope (Adam), no fixed memory (a running mean), too many numbers.
std::optional<StepSizes> step_sizes(const Traced& traced, std::span<const double> at);

/// The predicted radius alone, at another value of the step size.
std::optional<double> radius_at(const Traced& traced, std::span<const double> at, double eta);

}  // namespace gyre
