#pragma once

#include <atomic>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gyre/core/outcome.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

class UpdateMap;

/// What a rule does near one critical point, as far as the spectrum of its update map tells. Every
/// parameter but the step size stays as the pipe has it.
struct StepSizes {
  double radius = kUnknown;  ///< predicted factor on the distance a step, at the pipe's step size
  double steps = kUnknown;   ///< predicted steps for a factor of 1e-6; infinite where radius >= 1
  std::size_t neutral = 0;   ///< directions left out; see Spectrum

  /// The knob that is the step size, "extragradient.eta"; empty for a rule that has none, of which
  /// all that follows is unknown.
  std::string knob;
  double eta = kUnknown;  ///< its value in the pipe
  /// The point attracts for step sizes between these two, by bisection to 1e-10: from 0, or from
  /// where a rule begins to attract that repels with smaller ones. The limit is 0 if it attracts
  /// for none, and infinite if for all up to the largest that is looked at, 1e6.
  double eta_from = kUnknown, eta_limit = kUnknown;
  double eta_best = kUnknown;     ///< the step size with the least radius between them; else 0
  double radius_best = kUnknown;  ///< its radius; 1 where nothing converges
};

/// `at` must be a critical point of the traced game. Directions along which the critical points
/// form a line or plane are left out: nothing is to converge there. Nothing where predict() has
/// nothing to say: no slope (Adam), no fixed memory (a running mean), too many numbers; `why` is
/// then told in a clause for people.
std::optional<StepSizes> step_sizes(const Traced& traced, std::span<const double> at,
                                    std::string* why = nullptr);
/// The same for one of many points: the map is compiled once for all. Once `cancel` is set it
/// returns soon, with numbers that mean nothing.
std::optional<StepSizes> step_sizes(UpdateMap& map, std::span<const double> at,
                                    std::string* why = nullptr,
                                    const std::atomic<bool>* cancel = nullptr);

/// The predicted radius alone, at other values of the step size; unknown where there is none.
std::vector<double> radii_at(const Traced& traced, std::span<const double> at,
                             std::span<const double> etas);
std::optional<double> radius_at(const Traced& traced, std::span<const double> at, double eta);

/// The knob that is a traced rule's step size: its scheme's `eta`, else the first parameter of the
/// scheme that has a step size's range; nothing for rules without one, such as Newton's.
std::optional<std::size_t> step_size_knob(const Traced& traced);

}  // namespace gyre
