#pragma once

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/search.hpp"

namespace gyre {

/// Whether a game has too many coordinates for dense Newton steps from many starts.
bool is_large(const Game& game);

/// For large games: Newton steps with sparse solves from the points that the game states, from its
/// start, from the middle of the box and from a few places in it. Throws Error for games with a
/// domain.
SearchResult search_large(const Game& game, const SearchOptions& options);

/// As classify(), with the ends of the spectrum in place of all eigenvalues, and without the test
/// for minimax points, which then are kNone. Curvatures are each player's least one.
PointReport classify_large(const Game& game, std::span<const double> at, double tolerance = 1e-9);

}  // namespace gyre
