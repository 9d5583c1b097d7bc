// For tests: how fast rules go on f = x*y, predicted and measured.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gyre/analysis/predict.hpp"
#include "gyre/core/text.hpp"
#include "gyre/program/traced_run_test.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre::testing {

inline constexpr double kEtas[] = {0.1, 0.2, 0.3, 0.5};

/// What grows by the factor itself, a step, in the long run.
enum class Measure {
  kLength,  ///< where the map turns and stretches all directions alike, or only stretches
  kArea     ///< between successive points, by the factor squared: where the orbit is an ellipse
};

struct Row {
  std::string pipe;  ///< ETA stands for the step size
  double factors[4];
  Measure measure;
  double double_root = 0.0;  ///< a step size at which two roots meet
};

// The table has ten digits.
inline constexpr double kDigits = 1e-10;

/// A pipe with this step size.
inline std::string with(std::string pipe, double eta) {
  for (std::size_t at = 0; (at = pipe.find("ETA")) != std::string::npos;)
    pipe.replace(at, 3, number(eta));
  return pipe;
}

/// The spectral radius of the update map where all coordinates are zero.
inline double predicted(const Game& game, const std::string& pipe) {
  const auto spectrum =
      predict(trace(game, parse_pipe(pipe)), std::vector<double>(game.dim(), 0.0));
  return spectrum ? spectrum->radius : NAN;
}

/// The factor between steps T and 2T. The other roots die out within the first T steps; what is
/// measured is then exact but for roundings, some 1e-13 after thousands of steps, and the T-th root
/// makes them smaller. T is chosen so that neither length leaves the range of doubles.
inline double measured(auto& run, Measure measure, double factor) {
  const double decades = std::abs(std::log10(factor));
  const int T = static_cast<int>(std::min(2000.0, 60.0 / std::max(decades, 1e-9)));
  auto size = [&] {
    const Numbers a = run.at();
    run.step();
    const Numbers b = run.at();
    return measure == Measure::kLength ? length(a) : std::sqrt(std::abs(a[0] * b[1] - a[1] * b[0]));
  };
  run.step(T);
  const double before = size();
  run.step(T - 1);
  return std::pow(size() / before, 1.0 / T);
}

}  // namespace gyre::testing
