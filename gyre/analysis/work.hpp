#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "gyre/program/trace.hpp"

namespace gyre {

/// What rules are charged when they are compared, in whole-field calls. A product with the Jacobian
/// is charged as one call: carried along with the field by automatic differentiation it costs about
/// as much again (Pearlmutter 1994). The programs here share terms and take about half of that on
/// the small games of the catalogue; what counts is what larger ones would pay. A linear system is
/// charged as the products that write out its matrix, one for each variable, which is also what
/// conjugate directions need at worst.
inline constexpr double kCallsAProduct = 1.0;

inline double work_a_solve(std::size_t variables) {
  return kCallsAProduct * static_cast<double>(variables);
}

inline double work_a_step(const Traced& t) {
  return t.calls_a_step + kCallsAProduct * t.products_a_step +
         work_a_solve(t.dim) * t.solves_a_step;
}

/// Work until step `steps`, the first look included.
inline double work(const Traced& t, double steps) {
  return t.calls_at_start + work_a_step(t) * steps;
}

/// Steps that a budget pays for.
inline std::uint64_t steps_for(const Traced& t, double budget) {
  constexpr double kMost = 9e18;
  const double each = work_a_step(t);
  if (each <= 0.0) return static_cast<std::uint64_t>(std::min(budget, kMost));
  const double steps = std::floor((budget - t.calls_at_start) / each);
  return static_cast<std::uint64_t>(std::clamp(steps, 0.0, kMost));
}

}  // namespace gyre
