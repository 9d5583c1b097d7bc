#include "gyre/fields/projection.hpp"

#include <algorithm>
#include <bit>

namespace gyre {

namespace {

/// Batcher's merge exchange (Knuth, The Art of Computer Programming 3, 5.2.2, algorithm M).
void sort_falling(std::vector<Expr>& w) {
  const std::size_t n = w.size();
  const std::size_t top = std::bit_ceil(n) / 2;
  for (std::size_t p = top; p > 0; p /= 2) {
    std::size_t q = top, r = 0, d = p;
    while (true) {
      for (std::size_t i = 0; i + d < n; ++i) {
        if ((i & p) != r) continue;
        const Expr a = w[i], b = w[i + d];
        w[i] = max(a, b);
        w[i + d] = min(b, a);  // of equal ones the other, lest a slope be counted twice
      }
      if (q == p) break;
      d = q - p;
      q /= 2;
      r = p;
    }
  }
}

std::vector<Expr> onto_simplex(double size, std::span<const Expr> w) {
  std::vector<Expr> falling(w.begin(), w.end());
  sort_falling(falling);
  Expr sum = falling[0], threshold = sum - size;
  for (std::size_t k = 1; k < falling.size(); ++k) {
    sum = sum + falling[k];
    // Where they are equal the longer mean counts, as with its slope: shares that lie on the
    // simplex then stay where they are to first order, too, those that are zero included.
    threshold = max((sum - size) / static_cast<double>(k + 1), threshold);
  }
  std::vector<Expr> inside;
  for (const Expr& share : w) inside.push_back(max(share - threshold, 0.0));
  return inside;
}

std::vector<Expr> onto_ball(const Region& ball, std::span<const Expr> w) {
  Expr squares = 0.0;
  for (std::size_t i = 0; i < w.size(); ++i)
    squares = squares + (w[i] - ball.centre[i]) * (w[i] - ball.centre[i]);
  // The root of at least the squared radius: safe at the centre, and so is its slope.
  const Expr shrink = ball.size / sqrt(max(squares, ball.size * ball.size));
  std::vector<Expr> inside;
  for (std::size_t i = 0; i < w.size(); ++i)
    inside.push_back(ball.centre[i] + (w[i] - ball.centre[i]) * shrink);
  return inside;
}

}  // namespace

std::vector<Expr> projection(const Region& region, std::span<const Expr> w) {
  return region.kind == Region::Kind::kSimplex ? onto_simplex(region.size, w)
                                               : onto_ball(region, w);
}

}  // namespace gyre
