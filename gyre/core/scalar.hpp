#pragma once

#include <cmath>

/// What rules do with single numbers. They call these without a namespace, so that formulas bring
/// their own and everything that a rule decides stays straight-line.
namespace gyre {

/// -1, 0 or 1.
inline double sign(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x; }

inline double sqrt(double x) { return std::sqrt(x); }
inline double abs(double x) { return std::abs(x); }
inline double cos(double x) { return std::cos(x); }
inline double sin(double x) { return std::sin(x); }
inline double min(double a, double b) { return b < a ? b : a; }
inline double max(double a, double b) { return a < b ? b : a; }

/// 1 where it holds, else 0.
inline double less(double a, double b) { return a < b ? 1.0 : 0.0; }
inline double less_equal(double a, double b) { return a <= b ? 1.0 : 0.0; }

/// `no` where the condition is zero. Both are computed.
inline double select(double condition, double yes, double no) {
  return condition != 0.0 ? yes : no;
}

}  // namespace gyre
