#pragma once

#include <array>
#include <atomic>
#include <complex>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/core/outcome.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/game.hpp"
#include "gyre/plot/figure.hpp"
#include "gyre/report/path.hpp"

/// What the tour finds out, as data: everything the report shows is read from here.
namespace gyre::report {

using Start = std::array<double, 2>;

/// The game itself: its surface and what the players see on it.
struct Landscape {
  plot::Grid surface, map;             ///< the payoff, coarse and fine
  std::vector<double> x, y;            ///< where the arrows stand
  std::vector<double> up_x, up_y;      ///< the payoff's gradient
  std::vector<double> move_x, move_y;  ///< where the players go: each its own way
  std::vector<double> saddle;          ///< the critical point, as found
  PointReport point;                   ///< what the game looks like there
  double payoff_at_saddle = 0.0;
  double bend_xx = 0.0, bend_xy = 0.0, bend_yy = 0.0;  ///< the payoff's second derivatives there
  double worst_cosine = 0.0;  ///< largest |cosine| between a move and the line to the saddle
  double shortest = 0.0, longest = 0.0;  ///< moves, as shares of the distance to the saddle
};

/// Plain steps of both players from one start.
struct Orbit {
  Start start{};
  double eta = 0.0;
  Path path;
  double fitted = 0.0, end_to_end = 0.0;  ///< growth of the distance a step, measured twice
  double predicted = 0.0;                 ///< the same from the update map's eigenvalues
  double turns = 0.0, turns_predicted = 0.0;
  double recurrence_error = 0.0;  ///< largest difference to the two lines of the recurrence
  Outcome outcome;                ///< of a longer run
};

/// Many random starts at once.
struct Crowd {
  std::size_t starts = 0;
  double slowest = 0.0, fastest = 0.0;  ///< growth a step
  std::size_t diverged = 0;
};

/// How long one step size takes to double the distance.
struct Doubling {
  double eta = 0.0;
  double predicted = 0.0;      ///< ln 2 / ln sqrt(1 + eta^2), seldom a whole number
  std::uint64_t measured = 0;  ///< the first step at which the distance has doubled
};

/// How the distance grows in the end, for one step size; thinned.
struct Delay {
  double eta = 0.0;
  std::vector<double> steps, distances;
};

/// Where one rule's eigenvalues go as the step size grows.
struct Eigenpath {
  std::string key;
  std::vector<double> etas, real, imaginary, radius;  ///< of the largest, upper half
};

/// Why the players never meet, and what alternating keeps.
struct Why {
  double eta = 0.0;
  std::array<std::array<double, 2>, 2> update_map{};  ///< Jacobian of a plain step at the saddle
  std::vector<Expr> update_map_formulas;              ///< the same, row by row, in the step size
  Spectrum spectrum;
  std::vector<Eigenpath> eigenpaths;
  Path plain, turns_taken;                                     ///< simultaneous and alternating
  std::vector<double> plain_square, alternating_square, kept;  ///< x^2+y^2, and x^2+y^2-eta x y
  double worst_drift_a_step = 0.0, whole_drift = 0.0;          ///< of what is kept, relative
  double reach_low = 0.0, reach_high = 0.0;  ///< distances alternating stays between
  Spectrum alternating_spectrum;
};

/// Which idea a rule stands for.
enum class Family { kPlain, kScheme, kField, kMomentum, kAdaptive, kWrapper };

/// One rule on one game from one start.
struct Trial {
  std::string key;  ///< of its name and sentence in the words
  Family family = Family::kPlain;
  Pipe pipe;
  std::string rule;  ///< its one spelling
  double calls_a_step = 0.0, products_a_step = 0.0;
  std::vector<Expr> symbols, next;  ///< the whole step as formulas
  std::vector<std::string> slots;
  Path path;  ///< of what the rule reports, for a fixed amount of work
  Outcome outcome;
  std::optional<Spectrum> spectrum;
  double measured = 0.0;  ///< factor on the distance a step
};

/// The same rules where both players descend one loss, as the parts of an ordinary network do.
struct Shared {
  Game game;
  PointReport point;
  Start start{};
  std::vector<Trial> trials;
};

/// One variant of the smallest GAN.
struct GanTrial {
  std::string key;
  Game game;
  std::vector<std::complex<double>> field_eigenvalues;  ///< of the field at the solution
  Trial trial;  ///< its measured factor is taken close to the solution
};

struct Findings {
  std::uint64_t seed = 0;
  Game game;
  Landscape landscape;
  Orbit random, book;
  std::vector<Orbit> starts;
  Crowd crowd;
  std::vector<Doubling> doublings;
  std::vector<Delay> delays;
  Why why;
  Shared shared;
  Start trial_start{};
  double trial_eta = 0.0;
  std::uint64_t trial_steps = 0;  ///< at most, for the verdicts
  double trial_work = 0.0;        ///< calls and products that the drawn paths cost
  std::vector<Trial> trials;
  Start gan_start{};
  double gan_eta = 0.0;
  std::vector<GanTrial> gan;
  double seconds = 0.0;
};

struct ExploreOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(std::string_view key)> progress;  ///< told what comes next, as a key of words
};

/// Runs the whole tour; nothing if it was cancelled.
std::optional<Findings> explore(const ExploreOptions& options);

}  // namespace gyre::report
