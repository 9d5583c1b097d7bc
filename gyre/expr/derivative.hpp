#pragma once

#include <span>
#include <vector>

#include "gyre/expr/expr.hpp"

namespace gyre {

/// The derivative of `f` in the symbol `x`: a formula again, so it can be differentiated again.
Expr derivative(const Expr& f, const Expr& x);

/// df/dx for every x of `xs`.
std::vector<Expr> gradient(const Expr& f, std::span<const Expr> xs);

/// J u with J = dfs/dxs: as many entries as `fs`. `us` has as many as `xs`.
std::vector<Expr> jacobian_vector(std::span<const Expr> fs, std::span<const Expr> xs,
                                  std::span<const Expr> us);

/// J'u: as many entries as `xs`. `us` has as many as `fs`.
std::vector<Expr> vector_jacobian(std::span<const Expr> fs, std::span<const Expr> xs,
                                  std::span<const Expr> us);

}  // namespace gyre
