#pragma once

#include <span>
#include <vector>

#include "gyre/expr/expr.hpp"
#include "gyre/games/game.hpp"

namespace gyre {

/// The formulas of the nearest point of a simplex or ball: straight-line, so that they can be
/// traced, differentiated (where the nearest point moves smoothly) and compiled. On a simplex of n
/// shares a sorting network of O(n log^2 n) comparisons finds the threshold that is taken off every
/// share (Held, Wolfe, Crowder 1974).
std::vector<Expr> projection(const Region& region, std::span<const Expr> w);

}  // namespace gyre
