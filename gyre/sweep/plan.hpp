#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gyre/games/game.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/sweep/axis.hpp"
#include "gyre/sweep/draw.hpp"
#include "gyre/sweep/quantity.hpp"

namespace gyre {

/// Everything that decides what a sweep finds. Two equal plans give equal files.
struct SweepPlan {
  Game game;
  std::vector<Pipe> rules;
  std::vector<Axis> axes;   ///< the first is the slowest; see arrange()
  std::vector<Draw> draws;  ///< numbers that each of `runs` runs draws for itself
  std::uint64_t runs = 0;   ///< 0 without draws

  std::vector<double> start;  ///< of what no axis and no draw moves
  bool random_start = false;  ///< ... drawn with the seed instead
  std::uint64_t seed = 1;
  std::uint64_t steps = 4'000;
  double settle = 1e-9, escape = 1e3;       ///< as in RunOptions
  std::vector<std::array<double, 2>> exit;  ///< the box of Quantity::kExit
  std::vector<Quantity> keep;
  std::string engine = "interpreter";  ///< what computes it, as far as that changes bits

  std::vector<std::uint64_t> shape() const;
  std::uint64_t lanes() const;
};

/// Names of the axes that are not of numbers somebody typed.
inline constexpr const char *kRuleAxis = "rule", *kRunAxis = "run";

/// Gives the axes their full order: an axis "rule" if there are several, then those of whole-number
/// parameters of stages, which need a program each, then the others as they came, then an axis
/// "run" of the draws. Resolves their names. Throws Error for names that are unknown or ambiguous,
/// for two axes of one thing, for values outside of their range, and for more than six axes or
/// 2^40 runs.
void arrange(SweepPlan& plan);

/// The plan for people, manifests, and for telling whether two are the same.
nlohmann::ordered_json plan_json(const SweepPlan& plan);

/// The facts in which two such documents differ, a line each: "steps: 4000 there, 2000 here".
std::vector<std::string> differences(const nlohmann::ordered_json& there,
                                     const nlohmann::ordered_json& here);

}  // namespace gyre
