#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gyre/analysis/spectrum.hpp"
#include "gyre/games/game.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

/// `at` must be a critical point; the memory is taken to its own fixed point first. Nothing where
/// the map has no slope there (Adam) or no fixed memory (a mean), or goes by what it has met.
std::optional<Spectrum> predict(const Traced& traced, std::span<const double> at);

/// Critical points near the given guesses, by Newton steps with Levenberg and Marquardt's damping,
/// to the precision of doubles; each found once. Points outside the domain are left out.
std::vector<std::vector<double>> find_critical_points(const Game& game,
                                                      std::span<const std::vector<double>> guesses);

/// The points a run of this game is measured to: those the game states, and those found from the
/// starts and from a few places of the view or domain.
std::vector<std::vector<double>> reference_points(const Game& game,
                                                  std::span<const std::vector<double>> starts);

}  // namespace gyre
