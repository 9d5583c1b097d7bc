#include "gyre/gan/gmres.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace gyre::gan {

namespace {

using Map = std::function<TensorPoint(const TensorPoint&)>;

double length(const TensorPoint& a) { return std::sqrt(dot(a, a)); }

/// The Krylov space of A and b, and the least-squares problem in it, kept triangular by rotations.
struct Round {
  std::vector<TensorPoint> basis;
  std::vector<std::vector<double>> columns;  // of the triangle
  std::vector<double> cosines, sines, right;

  void rotate(std::vector<double>& h) {
    const std::size_t k = columns.size();
    for (std::size_t i = 0; i < k; ++i) {
      const double a = cosines[i] * h[i] + sines[i] * h[i + 1];
      h[i + 1] = cosines[i] * h[i + 1] - sines[i] * h[i];
      h[i] = a;
    }
    const double size = std::hypot(h[k], h[k + 1]);
    cosines.push_back(size > 0.0 ? h[k] / size : 1.0);
    sines.push_back(size > 0.0 ? h[k + 1] / size : 0.0);
    h[k] = size;
    right.push_back(-sines[k] * right[k]);
    right[k] *= cosines[k];
    h.resize(k + 1);
    columns.push_back(h);
  }

  TensorPoint solution() const {
    const std::size_t n = columns.size();
    std::vector<double> y(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(n));
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = i + 1; j < n; ++j) y[i] -= columns[j][i] * y[j];
      y[i] /= columns[i][i];
    }
    TensorPoint x = y[0] * basis[0];
    for (std::size_t i = 1; i < n; ++i) x = x + y[i] * basis[i];
    return x;
  }
};

/// What A takes to `b`, and whether the space ended before `iterations` were through.
TensorPoint round(const Map& A, const TensorPoint& b, int iterations, double tolerance) {
  constexpr double kRounding = 1e-14;
  const double size = length(b);
  Round r;
  r.basis.push_back((1.0 / size) * b);
  r.right.push_back(size);
  for (int k = 0; k < iterations; ++k) {
    TensorPoint v = A(r.basis.back());
    settle({&v});
    const double before = length(v);
    std::vector<double> h(r.basis.size() + 1, 0.0);
    for (int twice = 0; twice < 2; ++twice)
      for (std::size_t i = 0; i < r.basis.size(); ++i) {
        const double along = dot(r.basis[i], v);
        h[i] += along;
        v = v - along * r.basis[i];
        settle({&v});
      }
    const double left = length(v);
    const bool ends = !(left > kRounding * before);
    h.back() = ends ? 0.0 : left;
    r.rotate(h);
    if (!(r.columns.back().back() > kRounding * before))  // not zero but for rounding: singular
      return fill(b, std::numeric_limits<double>::quiet_NaN());
    if (ends || std::abs(r.right.back()) <= tolerance * size) break;
    r.basis.push_back((1.0 / left) * v);
    settle({&r.basis.back()});
  }
  return r.solution();
}

}  // namespace

TensorPoint gmres(const Map& A, const TensorPoint& b, int iterations, double tolerance) {
  const double size = length(b);
  if (size == 0.0) return b;
  const double unknowns = dim(b);
  const bool exact = unknowns <= iterations;
  TensorPoint x =
      round(A, b, exact ? static_cast<int>(unknowns) : iterations, exact ? 0.0 : tolerance);
  if (exact) {
    const TensorPoint left = b - A(x);
    const double residual = length(left);
    if (residual > 0.0 && std::isfinite(residual))
      x = x + round(A, left, static_cast<int>(unknowns), 0.0);
  }
  return x;
}

}  // namespace gyre::gan
