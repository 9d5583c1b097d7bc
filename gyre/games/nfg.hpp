#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gyre/games/matrix.hpp"

namespace gyre {

/// A two-player game in strategic form: what each player wins where row and column meet.
struct Bimatrix {
  std::string title;
  std::array<std::string, 2> players;
  std::array<Matrix, 2> payoffs;
};

/// Gambit's `.nfg` format, version 1, in payoff or outcome form. Throws Error with line and column.
Bimatrix parse_nfg(std::string_view text, const std::string& source);

}  // namespace gyre
